package io.hermes.registry.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * Something that was done. What stands in it is shown to every administrator: of a secret only that there is one.
 *
 * @param action the word of its route, such as {@code provider.patch}
 * @param target UUID of what was changed, {@code null} if it was everything
 * @param targetName its name at that time, or {@code null}
 * @param before what is different now, as it was; {@code null} if there was nothing
 * @param after the same as it is now; {@code null} if it is gone
 */
public record Deed(
        String action, String target, String targetName, Map<String, JsonNode> before, Map<String, JsonNode> after) {}
