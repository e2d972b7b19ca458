package io.hermes.registry.limit;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.edge.problem.Violation;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * How fast a store may be used by all services together (issue 6, ADR 0031).
 *
 * @param requestsPerSecond requests to the store, {@code null} for no limit
 * @param bytesPerSecond document bytes read and written, outside all windows; {@code null} for no limit
 * @param windows weekly windows with rates of their own, such as {@code mon-fri 08:00-18:00 10M}; the first that fits holds
 * @param timeZone whose clock the windows mean; UTC unless said
 */
public record Limits(
        @DecimalMin(value = "0", inclusive = false) @DecimalMax("1000000000")
        Double requestsPerSecond,

        @Min(Limits.LEAST_BYTES) Long bytesPerSecond,
        @Size(max = Limits.MOST_WINDOWS) List<String> windows,
        @Size(max = 100) String timeZone) {

    static final int LEAST_BYTES = 1024;
    static final int MOST_WINDOWS = 32;

    private static final double MOST_REQUESTS = 1_000_000_000;
    private static final String OBJECT = "limits";
    private static final String REQUESTS = "requestsPerSecond";
    private static final String BYTES = "bytesPerSecond";
    private static final String WINDOWS = "windows";
    private static final String ZONE = "timeZone";
    private static final Set<String> FIELDS = Set.of(REQUESTS, BYTES, WINDOWS, ZONE);
    private static final String UTC = "UTC";
    private static final Limits NONE = new Limits(null, null, null, null);

    public Limits {
        windows = windows == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(windows));
        timeZone = timeZone == null ? UTC : timeZone;
    }

    /** The limits if they limit anything, else {@code null}. */
    public static Limits limiting(Limits limits) {
        boolean free = limits == null
                || (limits.requestsPerSecond == null && limits.bytesPerSecond == null && limits.windows.isEmpty());
        return free ? null : limits;
    }

    /**
     * The limits with a merge patch applied: what is left out stays, {@code null} removes one of them, or all. Windows are one value.
     *
     * @param before {@code null} if there were none
     * @param patch {@code null} if nothing is said
     * @param violations gets everything that is wrong
     * @return {@code null} if nothing is limited
     */
    public static Limits merge(Limits before, JsonNode patch, List<Violation> violations) {
        if (patch == null) {
            return before;
        }
        if (patch.isNull()) {
            return null;
        }
        if (!patch.isObject()) {
            violations.add(Violation.body(
                    OBJECT,
                    "must be an object with "
                            + String.join(", ", FIELDS.stream().sorted().toList()) + ", or null"));
            return before;
        }
        patch.properties().stream()
                .filter(field -> !FIELDS.contains(field.getKey()))
                .forEach(field -> violations.add(violation("is not a known field", field.getKey())));
        Limits base = before == null ? NONE : before;
        Limits merged = new Limits(
                merged(patch, REQUESTS, base.requestsPerSecond, Limits::requests, violations),
                merged(patch, BYTES, base.bytesPerSecond, Limits::bytes, violations),
                merged(patch, WINDOWS, base.windows, Limits::texts, violations),
                merged(patch, ZONE, base.timeZone, Limits::text, violations));
        merged.check(violations);
        return limiting(merged);
    }

    private static <T> T merged(
            JsonNode patch, String name, T before, Function<JsonNode, Optional<T>> read, List<Violation> violations) {
        JsonNode value = patch.get(name);
        if (value == null) {
            return before;
        }
        if (value.isNull()) {
            return null;
        }
        Optional<T> now = read.apply(value);
        if (now.isEmpty()) {
            violations.add(violation(rule(name), name));
        }
        return now.orElse(before);
    }

    private static String rule(String name) {
        return switch (name) {
            case REQUESTS -> "must be a number greater than 0, at most 1000000000";
            case BYTES ->
                "must be a whole number of at least " + LEAST_BYTES
                        + "; to let nothing pass, disable the provider or pause the job";
            case WINDOWS -> "must be a list of at most " + MOST_WINDOWS + " texts such as 'mon-fri 08:00-18:00 10M'";
            default -> "must be the name of a time zone, such as Europe/Berlin";
        };
    }

    private static Optional<Double> requests(JsonNode value) {
        double requests = value.doubleValue();
        return value.isNumber() && requests > 0 && requests <= MOST_REQUESTS ? Optional.of(requests) : Optional.empty();
    }

    private static Optional<Long> bytes(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= LEAST_BYTES
                ? Optional.of(value.longValue())
                : Optional.empty();
    }

    private static Optional<List<String>> texts(JsonNode value) {
        List<String> texts = new ArrayList<>();
        value.forEach(text -> texts.add(text.textValue()));
        return value.isArray() && texts.size() <= MOST_WINDOWS ? Optional.of(texts) : Optional.empty();
    }

    private static Optional<String> text(JsonNode value) {
        return Optional.ofNullable(value.textValue());
    }

    /** @param violations gets what no schema can see: windows that mean nothing, and unknown time zones */
    public void check(List<Violation> violations) {
        for (int number = 0; number < windows.size(); number++) {
            try {
                WindowText.parse(Optional.ofNullable(windows.get(number)).orElse(""));
            } catch (IllegalArgumentException meaningless) {
                violations.add(violation(meaningless.getMessage(), WINDOWS, Integer.toString(number)));
            }
        }
        if (!ZoneRulesProvider.getAvailableZoneIds().contains(timeZone)) {
            violations.add(violation(rule(ZONE), ZONE));
        }
    }

    private static Violation violation(String message, String... steps) {
        List<String> place = new ArrayList<>(List.of(steps));
        place.add(0, OBJECT);
        return Violation.body(place, message);
    }

    /** Only of limits that have been checked. */
    Timetable timetable() {
        return new Timetable(windows.stream().map(WindowText::parse).toList(), ZoneId.of(timeZone), bytesPerSecond);
    }
}
