package io.hermes.edge.version;

import io.hermes.edge.problem.ApiProblem;
import io.hermes.edge.problem.Violation;
import java.util.List;
import java.util.Optional;

/** A version as an entity tag. */
public final class VersionTag {

    private VersionTag() {}

    /** The value of {@code ETag}. */
    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /** The version that an {@code If-Match} asks for; none if it is absent or {@code *}. */
    public static Optional<Long> read(String ifMatch) {
        if (ifMatch == null || ifMatch.equals("*")) {
            return Optional.empty();
        }
        if (!ifMatch.matches("\"?\\d{1,18}\"?")) {
            throw Violation.problem(
                    List.of(new Violation("If-Match", "header", "must be the ETag of a GET, such as \"3\"")));
        }
        return Optional.of(Long.parseLong(ifMatch.replace("\"", "")));
    }

    /**
     * The same where a change without it is refused.
     *
     * @throws ApiProblem 428 {@code PRECONDITION_REQUIRED} if it is absent
     */
    public static Optional<Long> require(String ifMatch) {
        if (ifMatch == null) {
            throw ApiProblem.of(
                    428,
                    "PRECONDITION_REQUIRED",
                    "Say which version you have seen",
                    "Send If-Match with the ETag of the last GET, so that nobody else's change is overwritten; * overwrites.");
        }
        return read(ifMatch);
    }

    /** 412 {@code PRECONDITION_FAILED}: the thing has another version by now. */
    public static ApiProblem changedMeanwhile(String what, long version) {
        return ApiProblem.of(
                        412,
                        "PRECONDITION_FAILED",
                        "Somebody was faster",
                        "The " + what + " is at version " + version + "; read it again and repeat the change.")
                .with("currentVersion", version);
    }
}
