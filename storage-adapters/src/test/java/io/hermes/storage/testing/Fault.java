package io.hermes.storage.testing;

import java.io.IOException;
import java.util.Optional;

/**
 * Something that goes wrong with one exchange. {@link Faults} has those that everybody needs; another one overrides a single
 * method. Bodies are changed by wrapping their stream, so that they pass through without being collected.
 */
public interface Fault {

    /** What becomes of the request before it is forwarded. */
    default ProxiedRequest onRequest(ProxiedRequest request) throws IOException {
        return request;
    }

    /** A reply of the proxy's own; then the server never hears of the request. */
    default Optional<ProxiedReply> instead(ProxiedRequest request) throws IOException {
        return Optional.empty();
    }

    /** What becomes of the reply, whoever made it. */
    default ProxiedReply onReply(ProxiedReply reply) throws IOException {
        return reply;
    }
}
