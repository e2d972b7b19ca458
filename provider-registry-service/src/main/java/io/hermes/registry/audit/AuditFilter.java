package io.hermes.registry.audit;

import io.hermes.edge.problem.Violation;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which events to list.
 *
 * @param conditions in HQL, all of which hold
 * @param values of their parameters
 * @param limit at most so many
 */
public record AuditFilter(List<String> conditions, Map<String, Object> values, int limit) {

    private static final Set<String> OUTCOMES = Set.of("done", "refused", "failed");
    private static final int LONGEST = 200;

    /** An empty one. */
    public static AuditFilter first(int limit) {
        return new AuditFilter(new ArrayList<>(), new LinkedHashMap<>(), limit);
    }

    /** Only what this one did. */
    public AuditFilter actor(String actor) {
        return text("actor", actor, "actor = :actor");
    }

    /** Only this action. */
    public AuditFilter action(String action) {
        return text("action", action, "action = :action");
    }

    /** Only what was done to this, by UUID or name. */
    public AuditFilter target(String target) {
        return text("target", target, "(target = :target or targetName = :target)");
    }

    /** Only what came out like this. */
    public AuditFilter outcome(String outcome) {
        if (outcome != null && !OUTCOMES.contains(outcome)) {
            throw refuse("outcome", "must be done, refused or failed");
        }
        return with("outcome", outcome, "outcome = :outcome");
    }

    /** Only what happened then or later. */
    public AuditFilter since(String instant) {
        return with("since", instant("since", instant), "happenedAt >= :since");
    }

    /** Only what happened before. */
    public AuditFilter until(String instant) {
        return with("until", instant("until", instant), "happenedAt < :until");
    }

    /** Only what stands behind an earlier page. */
    public AuditFilter behind(String cursor) {
        return with("last", cursor == null ? null : AuditCursor.read(cursor), "id < :last");
    }

    String query() {
        return (String.join(" and ", conditions) + " order by id desc").strip();
    }

    private AuditFilter text(String name, String value, String condition) {
        if (value != null && (value.isEmpty() || value.length() > LONGEST || value.indexOf(0) >= 0)) {
            throw refuse(name, "must have 1 to " + LONGEST + " characters, and none of them NUL");
        }
        return with(name, value, condition);
    }

    private AuditFilter with(String name, Object value, String condition) {
        if (value == null) {
            return this;
        }
        AuditFilter narrower = new AuditFilter(new ArrayList<>(conditions), new LinkedHashMap<>(values), limit);
        narrower.conditions.add(condition);
        narrower.values.put(name, value);
        return narrower;
    }

    private static Instant instant(String name, String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException unreadable) {
            throw refuse(name, "must be an instant such as 2026-11-28T14:00:00Z");
        }
    }

    private static RuntimeException refuse(String name, String message) {
        return Violation.problem(List.of(new Violation(name, "query", message)));
    }
}
