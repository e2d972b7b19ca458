package io.hermes.storage.testing;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * A reply on its way to the client. The headers decide how the body is framed: chunked, by its length, or by the end of the
 * connection where they name neither.
 *
 * @param status such as 200
 * @param reason the words behind the status
 * @param headers all lines, those about framing included
 * @param body the bytes, without the marks of a chunked body
 */
public record ProxiedReply(int status, String reason, HttpHeaders headers, InputStream body) {

    /** A reply without a body. */
    public static ProxiedReply of(int status) {
        return new ProxiedReply(status, "Scripted", HttpHeaders.NONE, InputStream.nullInputStream())
                .with("Content-Length", "0");
    }

    /** With this header instead of all of its name. */
    public ProxiedReply with(String name, String value) {
        return withHeaders(headers.with(name, value));
    }

    /** Without the headers of this name. */
    public ProxiedReply without(String name) {
        return withHeaders(headers.without(name));
    }

    /** With other headers. */
    public ProxiedReply withHeaders(HttpHeaders others) {
        return new ProxiedReply(status, reason, others, body);
    }

    /** With other bytes under unchanged headers. */
    public ProxiedReply withBody(InputStream other) {
        return new ProxiedReply(status, reason, headers, other);
    }

    /** With this text and its length. */
    public ProxiedReply text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return without("Transfer-Encoding")
                .with("Content-Length", Integer.toString(bytes.length))
                .withBody(new ByteArrayInputStream(bytes));
    }
}
