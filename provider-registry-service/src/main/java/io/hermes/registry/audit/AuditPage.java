package io.hermes.registry.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Answer of {@code GET /api/v2/audit-events}.
 *
 * @param events newest first
 * @param count how many are on this page
 * @param nextCursor for the next page, absent on the last one
 */
public record AuditPage(
        List<AuditEvent> events,
        int count,
        @JsonInclude(JsonInclude.Include.NON_NULL) String nextCursor) {

    /** A page of the rows found, of which one more than asked for tells whether there is another page. */
    static AuditPage of(List<AuditRow> found, int limit) {
        List<AuditEvent> shown = found.stream().limit(limit).map(AuditEvent::of).toList();
        String next =
                found.size() > limit ? AuditCursor.after(shown.get(limit - 1).id()) : null;
        return new AuditPage(shown, shown.size(), next);
    }
}
