package io.hermes.registry.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.hermes.edge.problem.Violation;
import io.hermes.storage.settings.SettingsSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a type's schema says about settings. The library says which rule is broken where; the words are the schema's own, so that they
 * are the same in every language of the machine, say what would be right, and repeat no value.
 */
final class SettingsRules {

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final String type;
    private final SettingsSchema settings;
    private final Schema schema;

    SettingsRules(String type, JsonNode document) {
        this.type = type;
        this.settings = SettingsSchema.of(document.toString());
        this.schema = SCHEMAS.getSchema(document);
    }

    /** Everything that is wrong, one violation for each setting. */
    List<Violation> violations(ObjectNode config) {
        Map<String, Violation> first = new LinkedHashMap<>();
        for (Error error : schema.validate(config)) {
            String key = key(error);
            first.putIfAbsent(key, Violation.body(List.of("config", key), message(key, error.getKeyword())));
        }
        return List.copyOf(first.values());
    }

    private static String key(Error error) {
        return error.getInstanceLocation().getNameCount() == 0
                ? error.getProperty()
                : error.getInstanceLocation().getName(0);
    }

    private String message(String key, String keyword) {
        return switch (keyword) {
            case "required" -> "is required";
            case "additionalProperties" ->
                "is no setting of a provider of type " + type + "; GET /api/v2/provider-types/" + type + " shows all";
            case "type" -> settings.form(key);
            default -> settings.expected(key);
        };
    }
}
