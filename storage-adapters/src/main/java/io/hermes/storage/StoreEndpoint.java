package io.hermes.storage;

import java.net.URI;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * A server that a store of some settings talks to: what a test of the connection tries step by step, and what the operator's rules about
 * addresses are applied to.
 *
 * @param setting the setting that names it, such as {@code endpoint}
 * @param url base URL as it is connected to, a bucket's sub-domain included
 * @param trust whose certificates are accepted; reads files, and fails with {@link ErrorKind#CONFIG_INVALID} if it cannot
 * @param anyName whether a certificate for another host will do, too
 */
public record StoreEndpoint(String setting, URI url, Supplier<SSLContext> trust, boolean anyName) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

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
