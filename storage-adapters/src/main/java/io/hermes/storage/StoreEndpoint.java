package io.hermes.storage;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;

/**
 * A server that a store of some settings talks to: what a test of the connection tries step by step, and what the operator's rules about
 * addresses are applied to.
 *
 * @param setting the setting that names it, such as {@code endpoint}
 * @param url base URL as it is connected to, a bucket's sub-domain included
 * @param handshake begins TLS as the store's own client would
 */
public record StoreEndpoint(String setting, URI url, Handshake handshake) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** Begins TLS. */
    public interface Handshake {

        /**
         * Blocks until both sides have agreed, as long as the socket's own timeout. The socket is closed afterwards.
         *
         * @throws IOException if they do not, or the certificate is not one that the settings accept
         * @throws StorageException {@link ErrorKind#CONFIG_INVALID} if the settings' own certificates cannot be read
         */
        void over(Socket open) throws IOException;
    }

    /** Whether the connection is encrypted. */
    public boolean encrypted() {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    /** The host, an IPv6 address without its brackets. */
    public String host() {
        String host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** The port, the scheme's own if the URL has none. */
    public int port() {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return encrypted() ? HTTPS : HTTP;
    }
}
