package io.hermes.registry.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.edge.problem.Violation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much a store may hold (issue 5). Where both limits are given, the one that is nearer counts.
 *
 * @param maxDocuments most documents, {@code null} for no limit
 * @param maxBytes most bytes, {@code null} for no limit
 * @param warnPercent share of either from which on there is a warning; 80 unless said
 */
public record Quota(
        @Min(1) Long maxDocuments,
        @Min(1) Long maxBytes,
        @Min(1) @Max(100) Integer warnPercent) {

    private static final int WARN_PERCENT = 80;
    private static final double WHOLE = 100;
    private static final String DOCUMENTS = "maxDocuments";
    private static final String BYTES = "maxBytes";
    private static final String WARN = "warnPercent";

    private static final Map<String, Long> GREATEST =
            Map.of(DOCUMENTS, Long.MAX_VALUE, BYTES, Long.MAX_VALUE, WARN, (long) WHOLE);

    public Quota {
        warnPercent = warnPercent == null ? WARN_PERCENT : warnPercent;
    }

    /** The quota if it limits anything, else {@code null}. */
    static Quota limiting(Quota quota) {
        return quota == null || (quota.maxDocuments == null && quota.maxBytes == null) ? null : quota;
    }

    /**
     * The quota with a merge patch applied: what is left out stays, {@code null} removes a limit, or all of them.
     *
     * @param before {@code null} if there was none
     * @param patch {@code null} if nothing is said
     * @param violations gets everything that is wrong
     * @return {@code null} if nothing is limited
     */
    static Quota merge(Quota before, JsonNode patch, List<Violation> violations) {
        if (patch == null) {
            return before;
        }
        if (patch.isNull()) {
            return null;
        }
        if (!patch.isObject()) {
            violations.add(
                    Violation.body("quota", "must be an object with maxDocuments, maxBytes and warnPercent, or null"));
            return before;
        }
        Map<String, Long> limits = before == null ? new HashMap<>() : before.limits();
        patch.properties().forEach(limit -> put(limits, limit.getKey(), limit.getValue(), violations));
        Long warn = limits.get(WARN);
        return limiting(new Quota(limits.get(DOCUMENTS), limits.get(BYTES), warn == null ? null : warn.intValue()));
    }

    private static void put(Map<String, Long> limits, String name, JsonNode value, List<Violation> violations) {
        long greatest = GREATEST.getOrDefault(name, 0L);
        if (greatest == 0) {
            violations.add(Violation.body(List.of("quota", name), "is not a known field"));
        } else if (value.isNull()) {
            limits.remove(name);
        } else if (value.isIntegralNumber()
                && value.canConvertToLong()
                && value.longValue() >= 1
                && value.longValue() <= greatest) {
            limits.put(name, value.longValue());
        } else {
            violations.add(Violation.body(List.of("quota", name), "must be a whole number from 1 to " + greatest));
        }
    }

    /** The limits that there are, by name. */
    Map<String, Long> limits() {
        Map<String, Long> limits = new HashMap<>();
        limits.put(WARN, warnPercent.longValue());
        if (maxDocuments != null) {
            limits.put(DOCUMENTS, maxDocuments);
        }
        if (maxBytes != null) {
            limits.put(BYTES, maxBytes);
        }
        return limits;
    }

    /** How a store that holds so much stands; {@code quota} may be {@code null}. */
    static QuotaState state(Quota quota, Amount held) {
        if (quota == null) {
            return QuotaState.OK;
        }
        if (reached(held.documents(), quota.maxDocuments) || reached(held.bytes(), quota.maxBytes)) {
            return QuotaState.EXCEEDED;
        }
        return quota.used(held) * WHOLE >= quota.warnPercent ? QuotaState.WARNING : QuotaState.OK;
    }

    private static boolean reached(long held, Long most) {
        return most != null && held >= most;
    }

    /** The share of the nearer limit, 1 when all of it is used. */
    double used(Amount held) {
        return Math.max(share(held.documents(), maxDocuments), share(held.bytes(), maxBytes));
    }

    private static double share(long held, Long most) {
        return most == null ? 0 : (double) held / most;
    }
}
