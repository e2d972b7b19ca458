package io.hermes.registry.audit;

import io.hermes.edge.problem.ApiProblem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a page ended: with this event. */
final class AuditCursor {

    private static final String FORM = "e[1-9][0-9]{0,17}";

    private AuditCursor() {}

    static String after(long id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(("e" + id).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The event to go on behind.
     *
     * @throws ApiProblem 400 for what we never gave out
     */
    static long read(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (text.matches(FORM)) {
                return Long.parseLong(text.substring(1));
            }
        } catch (IllegalArgumentException notBase64) {
            // Falls through to the same answer as a cursor that decodes to nonsense.
        }
        throw ApiProblem.of(400, "CURSOR_INVALID", "Invalid cursor", "Use 'nextCursor' of the previous page as it is.");
    }
}
