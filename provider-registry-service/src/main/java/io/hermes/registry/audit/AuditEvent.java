package io.hermes.registry.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;

/**
 * Who changed what, or was refused it.
 *
 * @param id rises; a later event has the greater one
 * @param at the database's clock
 * @param actor the name that goes with the token; {@code system} for the registry itself
 * @param action such as {@code provider.patch}
 * @param target UUID of what was changed; of a refused call what its path named; {@code null} if it named nothing
 * @param targetName its name at that time, or {@code null}
 * @param outcome {@code done}, {@code refused} (nothing was changed), or {@code failed} (the caller was told of an error of ours)
 * @param status the answer's status, {@code null} if it was done
 * @param code the problem's code, or {@code null}
 * @param before what is different now, as it was; {@code null} if there was nothing. Of a secret only that there was one
 * @param after the same as it is now; {@code null} if it is gone
 */
public record AuditEvent(
        long id,
        Instant at,
        String actor,
        String action,
        String target,
        String targetName,
        String outcome,
        Integer status,
        String code,
        Map<String, JsonNode> before,
        Map<String, JsonNode> after) {

    static AuditEvent of(AuditRow row) {
        return new AuditEvent(
                row.id,
                row.happenedAt,
                row.actor,
                row.action,
                row.target,
                row.targetName,
                row.outcome,
                row.status,
                row.code,
                row.stateBefore,
                row.stateAfter);
    }
}
