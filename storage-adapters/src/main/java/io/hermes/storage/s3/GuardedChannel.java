package io.hermes.storage.s3;

import io.hermes.storage.AllowedServers;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * A connection that is made to an allowed address or not at all. Checked here, where the address is the one that is connected to, a name
 * that led to another address a moment ago, or a host nobody has heard of before, makes no difference.
 */
final class GuardedChannel extends NioSocketChannel {

    private final AllowedServers allowed;

    GuardedChannel(AllowedServers allowed) {
        this.allowed = allowed;
    }

    @Override
    protected boolean doConnect(SocketAddress remote, SocketAddress local) throws Exception {
        if (!(remote instanceof InetSocketAddress server) || !allowed.allows(server.getAddress())) {
            throw new Refused();
        }
        WidePieces.let(this);
        return super.doConnect(remote, local);
    }

    /** The operator does not allow the address. */
    static final class Refused extends ConnectException {

        private static final long serialVersionUID = 1L;

        Refused() {
            super("the operator does not allow this address");
        }
    }
}
