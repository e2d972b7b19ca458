package io.hermes.edge.problem;

import java.util.List;

/**
 * One thing wrong with a request, an element of the member {@code violations} of a {@code VALIDATION_FAILED} problem.
 *
 * @param field where, such as {@code config.bucket}
 * @param in {@code body}, {@code query}, {@code path} or {@code header}
 * @param message what is wrong and what would be right; never repeats a secret
 */
public record Violation(String field, String in, String message) {

    /** Something wrong in the body. */
    public static Violation body(String field, String message) {
        return new Violation(field, "body", message);
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
