package io.hermes.registry;

import io.vertx.core.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How a secret may be written where it has no business to be. */
enum SecretSpelling {
    PLAIN {
        @Override
        Stream<String> of(String secret) {
            return Stream.concat(Stream.of(secret), Stream.of(secret.split("[^A-Za-z0-9-]")))
                    .filter(word -> word.length() > 15);
        }
    },
    URL_ENCODED {
        @Override
        Stream<String> of(String secret) {
            String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
            String path = form.replace("+", "%20");
            return Stream.of(form, path, path.toLowerCase(Locale.ROOT), path.replace("%2F", "/"));
        }
    },
    /** Also within something longer, such as the name and the password of a header: what it looks like depends on where it begins. */
    BASE64 {
        @Override
        Stream<String> of(String secret) {
            return IntStream.range(0, 3).boxed().flatMap(before -> {
                byte[] bytes = (".".repeat(before) + secret).getBytes(StandardCharsets.UTF_8);
                int from = (before * 4 + 2) / 3;
                int to = bytes.length * 4 / 3;
                return Stream.of(Base64.getEncoder(), Base64.getUrlEncoder())
                        .map(base64 -> base64.encodeToString(bytes).substring(from, to));
            });
        }
    },
    /** Once, and as a text within a text. */
    JSON_ESCAPED {
        @Override
        Stream<String> of(String secret) {
            String once = escaped(secret);
            return Stream.of(once, once.replace("/", "\\/"), escaped(once));
        }
    };

    /** Each of these is a leak. */
    abstract Stream<String> of(String secret);

    /** Whether a text repeats a secret. */
    boolean isIn(String text, String secret) {
        return of(secret).anyMatch(text::contains);
    }

    /** A secret in all spellings, one a line. */
    static List<String> all(String secret) {
        return Stream.of(values())
                .flatMap(spelling -> spelling.of(secret))
                .distinct()
                .toList();
    }

    private static String escaped(String text) {
        String quoted = Json.encode(text);
        return quoted.substring(1, quoted.length() - 1);
    }
}
