package io.hermes.orchestrator.api;

import io.hermes.edge.problem.Violation;
import io.hermes.orchestrator.job.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the query parameters of one request from their text and remembers what is wrong with them. JAX-RS would answer 404 to
 * {@code limit=x}; here it is a 400 that names the parameter. Call {@link #check} before using what was read.
 */
final class QueryReader {

    private static final int LONGEST = 200;
    private static final Pattern STORABLE = Pattern.compile(Texts.STORABLE);
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

    private final List<Violation> violations = new ArrayList<>();

    /** A page's size. */
    int limit(String text, int standard, int most) {
        if (text == null) {
            return standard;
        }
        int limit = DIGITS.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > most) {
            refuse("limit", "must be between 1 and " + most);
        }
        return limit;
    }

    /** One of a few words, exactly as written. */
    <E extends Enum<E>> Optional<E> word(String name, String text, Class<E> type, Function<E, String> word) {
        if (text == null) {
            return Optional.empty();
        }
        E[] values = type.getEnumConstants();
        Optional<E> found = Arrays.stream(values)
                .filter(value -> word.apply(value).equals(text))
                .findFirst();
        if (found.isEmpty()) {
            refuse(name, "must be one of " + Arrays.stream(values).map(word).collect(Collectors.joining(", ")));
        }
        return found;
    }

    /** Free text. */
    Optional<String> text(String name, String text) {
        if (text == null) {
            return Optional.empty();
        }
        if (text.isEmpty() || text.length() > LONGEST || !STORABLE.matcher(text).matches()) {
            refuse(name, "must have 1 to " + LONGEST + " characters, and none of them NUL");
        }
        return Optional.of(text);
    }

    /**
     * Ends the reading.
     *
     * @throws io.hermes.edge.problem.ApiProblem 400 {@code VALIDATION_FAILED} that names all that was wrong
     */
    void check() {
        if (!violations.isEmpty()) {
            throw Violation.problem(violations);
        }
    }

    private void refuse(String field, String message) {
        violations.add(new Violation(field, "query", message));
    }
}
