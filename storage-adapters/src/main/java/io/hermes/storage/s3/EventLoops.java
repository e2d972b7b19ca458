package io.hermes.storage.s3;

import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import java.util.concurrent.ThreadFactory;

/**
 * Event loops of which none ever answers "ask me" to itself.
 *
 * <p>Until the SDK's pool has seen a server once, it takes a connection in one of these loops and waits for it in a promise of
 * another. When both are the same loop and the server refuses at once, the pool announces the failure before it has noted who waits
 * for it ({@code HttpOrHttp2ChannelPool.acquire0} in SDK 2.41), and the request hangs until its time is up: measured, 6 of 100
 * refused requests with three tries each. With two different loops the announcement comes second, as meant.
 */
final class EventLoops extends NioEventLoopGroup {

    EventLoops(ThreadFactory threads) {
        super(Math.max(2, Runtime.getRuntime().availableProcessors()), threads);
    }

    @Override
    public EventLoop next() {
        EventLoop chosen = super.next();
        while (chosen.inEventLoop()) {
            chosen = super.next();
        }
        return chosen;
    }
}
