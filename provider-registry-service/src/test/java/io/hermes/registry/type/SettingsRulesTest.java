package io.hermes.registry.type;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hermes.storage.StoreFactory;
import io.hermes.storage.StoreSettings;
import io.hermes.storage.local.LocalStoreFactory;
import io.hermes.storage.memory.MemoryStoreFactory;
import io.hermes.storage.s3.S3StoreFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A worker reads settings as texts, the registry as JSON: by one schema, so they have to come to one judgement. */
class SettingsRulesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private final Locale machine = Locale.getDefault();

    @AfterEach
    void theMachinesLanguage() {
        Locale.setDefault(machine);
    }

    static Stream<StoreFactory> types() {
        return Stream.of(new MemoryStoreFactory(), new LocalStoreFactory(), new S3StoreFactory());
    }

    private static JsonNode schema(StoreFactory type) throws IOException {
        return JSON.readTree(type.schema());
    }

    /** Values about every bound of a setting, its default among them. */
    private static List<JsonNode> values(JsonNode setting) throws IOException {
        List<JsonNode> values = new ArrayList<>();
        if (setting.has("default")) {
            values.add(setting.get("default"));
        }
        setting.path("examples").forEach(values::add);
        setting.path("enum").forEach(values::add);
        switch (setting.path("type").asText()) {
            case "integer" -> {
                for (String bound : List.of("minimum", "maximum")) {
                    long at = setting.path(bound).asLong();
                    values.addAll(
                            List.of(JSON.readTree(at - 1 + ""), JSON.readTree(at + ""), JSON.readTree(at + 1 + "")));
                }
                values.add(JSON.readTree("\"five\""));
                values.add(JSON.readTree("99999999999"));
            }
            case "boolean" -> values.addAll(List.of(JSON.readTree("true"), JSON.readTree("\"maybe\"")));
            default -> {
                if (setting.has("enum") || setting.has("pattern")) {
                    for (String text : List.of("§ §", "x\ny", "12345", "10.0.0.1")) {
                        values.add(JSON.getNodeFactory().textNode(text));
                    }
                }
            }
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("types")
    void theReaderAndTheValidatorAgree(StoreFactory type) throws IOException {
        SettingsRules rules = new SettingsRules(type.type(), schema(type));
        List<String> disagreements = new ArrayList<>();
        for (Map.Entry<String, JsonNode> setting :
                schema(type).path("properties").properties()) {
            for (JsonNode value : values(setting.getValue())) {
                ObjectNode config = JSON.createObjectNode();
                config.set(setting.getKey(), value);
                boolean valid = rules.violations(config).stream()
                        .noneMatch(violation -> violation.field().equals("config." + setting.getKey()));
                String expected = setting.getValue().path("x-rule").asText("must be");
                boolean read = type
                        .validate(new StoreSettings(
                                new UUID(0, 1),
                                "p",
                                type.type(),
                                true,
                                Map.of(setting.getKey(), value.asText()),
                                Map.of(),
                                Optional.empty()))
                        .stream()
                        .noneMatch(problem -> problem.key().equals(setting.getKey())
                                && problem.message().startsWith(expected));
                if (valid != read) {
                    disagreements.add(setting.getKey() + "=" + value + " valid " + valid + " read " + read);
                }
            }
        }

        assertThat(disagreements).isEmpty();
    }

    @Test
    void anErrorIsInEnglishWhereverTheMachineIs() throws IOException {
        Locale.setDefault(Locale.GERMANY);
        SettingsRules rules = new SettingsRules("memory", schema(new MemoryStoreFactory()));

        assertThat(rules.violations((ObjectNode) JSON.readTree("{\"revisions\":5,\"name\":false}")))
                .extracting(violation -> violation.pointer() + " " + violation.message())
                .containsExactlyInAnyOrder("/config/revisions must be true or false", "/config/name must be a string");
    }
}
