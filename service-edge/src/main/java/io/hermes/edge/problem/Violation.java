package io.hermes.edge.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonPointer;
import java.util.Arrays;
import java.util.List;

/**
 * One thing wrong with a request, an element of the member {@code violations} of a {@code VALIDATION_FAILED} problem.
 *
 * @param field where, such as {@code config.bucket}
 * @param in {@code body}, {@code query}, {@code path} or {@code header}
 * @param message what is wrong and what would be right; never repeats a secret
 * @param pointer JSON pointer (RFC 6901) to the place in a body, such as {@code /config/bucket}; {@code null} elsewhere
 */
public record Violation(
        String field,
        String in,
        String message,
        @JsonInclude(JsonInclude.Include.NON_NULL) String pointer) {

    /** Something wrong outside a body. */
    public Violation(String field, String in, String message) {
        this(field, in, message, null);
    }

    /** Something wrong in the body, at a place such as {@code filterCriteria.status[0]}. */
    public static Violation body(String field, String message) {
        List<String> steps = field.isEmpty()
                ? List.of()
                : Arrays.asList(field.replaceAll("\\[(\\d+)]", ".$1").split("\\."));
        return new Violation(field, "body", message, pointer(steps));
    }

    /** Something wrong in the body, at a place whose steps may be named anything. */
    public static Violation body(List<String> steps, String message) {
        return new Violation(String.join(".", steps), "body", message, pointer(steps));
    }

    private static String pointer(List<String> steps) {
        JsonPointer pointer = JsonPointer.empty();
        for (String step : steps) {
            pointer = pointer.appendProperty(step);
        }
        return pointer.toString();
    }

    /** All of them as one 400. */
    public static ApiProblem problem(List<Violation> violations) {
        return ApiProblem.of(
                        400,
                        "VALIDATION_FAILED",
                        "The request breaks a rule",
                        "Correct the fields named in 'violations'.")
                .with("violations", violations);
    }
}
