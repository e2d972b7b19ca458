package io.hermes.registry.provider;

import io.hermes.edge.problem.ApiProblem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a page ended. The order is by name behind the one primary, so a name is all there is to remember. */
public final class Cursor {

    private Cursor() {}

    static String after(ProviderView last) {
        String name = last.isPrimary() ? "" : last.providerName();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(("n" + name).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The name to go on behind.
     *
     * @throws ApiProblem 400 for what we never gave out
     */
    public static String read(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (text.equals("n") || (text.startsWith("n") && ProviderRef.isName(text.substring(1)))) {
                return text.substring(1);
            }
        } catch (IllegalArgumentException notBase64) {
            // Falls through to the same answer as a cursor that decodes to nonsense.
        }
        throw ApiProblem.of(400, "CURSOR_INVALID", "Invalid cursor", "Use 'nextCursor' of the previous page as it is.");
    }
}
