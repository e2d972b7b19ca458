package io.hermes.orchestrator.job;

import io.hermes.edge.problem.ApiProblem;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** What ids look like in paths and filters. Stricter than the JDK, which takes {@code 1-1-1-1-1} for a UUID. */
public final class Ids {

    /** For {@code @Pattern}. */
    public static final String UUID_FORM =
            "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

    private static final Pattern UUID_PATTERN = Pattern.compile(UUID_FORM);
    private static final Pattern NUMBER_PATTERN = Pattern.compile("[1-9][0-9]{0,18}");

    private Ids() {}

    /**
     * The number in a path.
     *
     * @throws ApiProblem 400 {@code INVALID_ID} if it is no positive 64-bit number
     */
    public static long number(String text) {
        return asNumber(text).orElseThrow(Ids::invalid);
    }

    /** 400 {@code INVALID_ID}. */
    public static ApiProblem invalid() {
        return ApiProblem.of(
                400, "INVALID_ID", "Not an id", "A path takes an id or a UUID exactly as the API has shown it.");
    }

    /** The UUID, if it is one. */
    static Optional<UUID> asUuid(String text) {
        return UUID_PATTERN.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    /** The number, if it is a positive one of 64 bits. */
    static Optional<Long> asNumber(String text) {
        if (!NUMBER_PATTERN.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }
}
