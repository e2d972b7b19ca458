package io.hermes.registry.api;

import io.hermes.edge.problem.Violation;
import java.util.List;
import java.util.Optional;

/** A provider's version as an entity tag. */
final class VersionTag {

    private VersionTag() {}

    static String of(long version) {
        return "\"" + version + "\"";
    }

    /** The version that an {@code If-Match} asks for; none if it is absent or {@code *}. */
    static Optional<Long> read(String ifMatch) {
        if (ifMatch == null || ifMatch.equals("*")) {
            return Optional.empty();
        }
        if (!ifMatch.matches("\"?\\d{1,18}\"?")) {
            throw Violation.problem(
                    List.of(new Violation("If-Match", "header", "must be the ETag of a GET, such as \"3\"")));
        }
        return Optional.of(Long.parseLong(ifMatch.replace("\"", "")));
    }
}
