package io.hermes.storage.testing;

import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A request on its way to the server.
 *
 * @param method such as {@code PUT}
 * @param target path and query as they were sent, percent signs and all
 * @param headers as they were sent
 * @param body the bytes, without the marks of a chunked body
 */
public record ProxiedRequest(String method, String target, HttpHeaders headers, InputStream body) {

    /** The object's key of a request in path style, decoded; empty for one about the bucket. */
    public String key() {
        String path = URLDecoder.decode(rawPath().replace("+", "%2B"), StandardCharsets.UTF_8);
        int afterBucket = path.indexOf('/', 1);
        return afterBucket < 0 ? "" : path.substring(afterBucket + 1);
    }

    private String rawPath() {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    /** The raw value of a query parameter, empty for one without a value. */
    public Optional<String> query(String name) {
        int question = target.indexOf('?');
        return question < 0
                ? Optional.empty()
                : Arrays.stream(target.substring(question + 1).split("&", -1))
                        .map(pair -> pair.split("=", 2))
                        .filter(pair -> pair[0].equals(name))
                        .map(pair -> pair.length == 2 ? pair[1] : "")
                        .findFirst();
    }

    /** The same with another body of the same length. */
    public ProxiedRequest withBody(InputStream other) {
        return new ProxiedRequest(method, target, headers, other);
    }

    ProxiedRequest withoutBody() {
        return withBody(InputStream.nullInputStream());
    }

    boolean waitsForContinue() {
        return headers.first("Expect").filter("100-continue"::equalsIgnoreCase).isPresent();
    }
}
