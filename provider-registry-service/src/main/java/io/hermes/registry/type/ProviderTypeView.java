package io.hermes.registry.type;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A type of providers.
 *
 * @param providerType its name, such as {@code s3}
 * @param title what people call it
 * @param description what it stands for
 * @param schema JSON Schema 2020-12 of a provider's {@code config}
 * @param uiHints how a form may show the settings
 */
public record ProviderTypeView(
        String providerType, String title, String description, JsonNode schema, UiHints uiHints) {

    /**
     * How a form may show the settings.
     *
     * @param groups settings that belong together, in the order to show them
     * @param advanced settings that most people never touch
     * @param secret settings to hide while they are typed
     */
    public record UiHints(List<Group> groups, List<String> advanced, List<String> secret) {}

    /**
     * Settings that belong together.
     *
     * @param title what to write above them
     * @param settings their names
     */
    public record Group(String title, List<String> settings) {}

    static ProviderTypeView of(String type, JsonNode schema) {
        return new ProviderTypeView(
                type,
                schema.path("title").textValue(),
                schema.path("description").textValue(),
                schema,
                new UiHints(groups(schema), marked(schema, "x-advanced"), marked(schema, "x-secret")));
    }

    private static List<Group> groups(JsonNode schema) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        schema.path("properties").properties().stream()
                .filter(setting -> !setting.getValue().has("not"))
                .forEach(setting -> groups.computeIfAbsent(
                                setting.getValue().path("x-group").asText(), title -> new ArrayList<>())
                        .add(setting.getKey()));
        return groups.entrySet().stream()
                .map(group -> new Group(group.getKey(), group.getValue()))
                .toList();
    }

    private static List<String> marked(JsonNode schema, String mark) {
        return schema.path("properties").properties().stream()
                .filter(setting -> setting.getValue().path(mark).asBoolean())
                .filter(setting -> !setting.getValue().has("not"))
                .map(Map.Entry::getKey)
                .toList();
    }
}
