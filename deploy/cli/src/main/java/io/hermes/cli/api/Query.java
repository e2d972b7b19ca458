package io.hermes.cli.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A path with its query.
 *
 * @param text as it goes into the request
 */
public record Query(String text) {

    /** This path, without a query yet. */
    public static Query of(String path) {
        return new Query(path);
    }

    /** One more parameter, unless the value is {@code null}. */
    public Query with(String name, Object value) {
        if (value == null) {
            return this;
        }
        return new Query(text + (text.contains("?") ? "&" : "?") + name + "=" + encoded(value.toString()));
    }

    /** One segment of a path, whatever characters it holds. */
    public static String segment(String text) {
        return encoded(text);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return text;
    }
}
