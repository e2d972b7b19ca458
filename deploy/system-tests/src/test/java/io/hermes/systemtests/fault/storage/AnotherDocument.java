package io.hermes.systemtests.fault.storage;

import io.hermes.stack.proof.BucketReader;
import io.hermes.storage.testing.Fault;
import io.hermes.storage.testing.HttpHeaders;
import io.hermes.storage.testing.ProxiedReply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * F18: the answer is about another document, as a cache gives it that takes one key for another.
 *
 * @param server where the other one stands
 * @param key of the other one, with its place
 * @param headersToo whether the answer is the other one's as a whole, or under the headers of what was asked for
 */
public record AnotherDocument(BucketReader server, String key, boolean headersToo) implements Fault {

    @Override
    public ProxiedReply onReply(ProxiedReply reply) throws IOException {
        BucketReader.Answer other = server.answer(key);
        HttpHeaders headers = reply.headers().without("Transfer-Encoding");
        if (headersToo) {
            headers = new HttpHeaders(other.headers().map().entrySet().stream()
                    .flatMap(header ->
                            header.getValue().stream().map(value -> new HttpHeaders.Line(header.getKey(), value)))
                    .filter(line -> !line.name().equalsIgnoreCase("transfer-encoding"))
                    .toList());
        }
        drain(reply);
        return reply.withHeaders(headers.with("Content-Length", Integer.toString(other.body().length)))
                .withBody(new ByteArrayInputStream(other.body()));
    }

    private static void drain(ProxiedReply reply) {
        try {
            reply.body().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
