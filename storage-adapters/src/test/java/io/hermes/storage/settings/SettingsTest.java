package io.hermes.storage.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hermes.storage.Secret;
import io.hermes.storage.StoreFactory;
import io.hermes.storage.StoreFactory.SettingProblem;
import io.hermes.storage.StoreSettings;
import io.hermes.storage.local.LocalStoreFactory;
import io.hermes.storage.memory.MemoryStoreFactory;
import io.hermes.storage.s3.S3StoreFactory;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a schema says and what a reader asks for are the same. */
class SettingsTest {

    private static final SettingsSchema SCHEMA = SettingsSchema.of("""
            {"required": ["size"], "properties": {
              "size": {"type": "integer", "minimum": 1, "maximum": 9, "default": 4},
              "word": {"type": "string", "pattern": "^[a-z]+$", "x-rule": "is a word"},
              "hidden": {"x-secret": true, "$ref": "#/$defs/secret"},
              "old": {"type": "string", "x-ignored": true},
              "later": {"not": {}, "x-rule": "is not available yet"}}}""");

    static Stream<StoreFactory> types() {
        return Stream.of(new MemoryStoreFactory(), new LocalStoreFactory(), new S3StoreFactory());
    }

    private static StoreSettings settings(Map<String, String> config, Map<String, Secret> secrets) {
        return new StoreSettings(new UUID(0, 1), "p", "sized", true, config, secrets, Optional.empty());
    }

    private static Settings read(Map<String, String> config, Map<String, Secret> secrets) {
        return new Settings(SCHEMA, settings(config, secrets));
    }

    private static List<SettingProblem> problems(Map<String, String> config, Map<String, Secret> secrets) {
        Settings in = read(config, secrets);
        assertThat(in.number("size")).isBetween(1, 9);
        in.given("word");
        in.secret("hidden");
        return in.problems();
    }

    @Test
    void readingWhatNobodyDescribesIsAMistake() {
        Settings in = read(Map.of("size", "3"), Map.of());

        assertThatThrownBy(() -> in.given("width")).hasMessageContaining("width");
    }

    @Test
    void describingWhatNobodyReadsIsAMistake() {
        Settings in = read(Map.of("size", "3"), Map.of());
        in.number("size");
        in.secret("hidden");

        assertThatThrownBy(in::problems).hasMessageContaining("word");
    }

    @Test
    void everyFaultIsToldOnceAndAllAtOnce() {
        assertThat(problems(
                        Map.of("width", "1", "size", "10", "word", "A B", "later", "x", "hidden", "openly"),
                        Map.of("old", Secret.of("x"))))
                .containsExactlyInAnyOrder(
                        new SettingProblem("width", "is no setting of a provider of type sized; remove it"),
                        new SettingProblem("size", "must be a whole number from 1 to 9"),
                        new SettingProblem("word", "is a word"),
                        new SettingProblem("later", "is not available yet"),
                        new SettingProblem("hidden", "is a secret and does not belong among the open settings"),
                        new SettingProblem("old", "is no secret; it belongs among the open settings"));
        assertThat(problems(Map.of(), Map.of())).containsExactly(new SettingProblem("size", "is required"));
        assertThat(problems(Map.of("size", "5", "old", "anything"), Map.of("hidden", Secret.of("x"))))
                .isEmpty();
    }

    @Test
    void aValueBehindALineEndIsNoMatch() {
        assertThat(problems(Map.of("size", "5", "word", "abc\n"), Map.of()))
                .extracting(SettingProblem::key)
                .containsExactly("word");
    }

    /** The reader's side of a schema is of these words only: another one would be obeyed by the validator of documents alone. */
    @ParameterizedTest
    @MethodSource("types")
    void aSchemaUsesOnlyWordsThatReadersObey(StoreFactory type) throws IOException {
        Set<String> words = new TreeSet<>();
        JsonNode schema = new ObjectMapper().readTree(type.schema());
        for (JsonNode property : schema.path("properties")) {
            property.fieldNames().forEachRemaining(words::add);
            assertThat(property.path("title").asText()).isNotBlank();
            assertThat(property.path("description").asText()).isNotBlank();
            if (property.has("pattern")) {
                assertThat(property.get("pattern").textValue()).startsWith("^").endsWith("$");
                Pattern.compile(property.get("pattern").textValue());
                assertThat(property.has("x-rule")).isTrue();
            }
        }

        assertThat(schema.path("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
        assertThat(words)
                .isSubsetOf(
                        "title",
                        "description",
                        "type",
                        "default",
                        "examples",
                        "enum",
                        "pattern",
                        "minimum",
                        "maximum",
                        "not",
                        "$ref",
                        "x-rule",
                        "x-secret",
                        "x-ignored",
                        "x-group",
                        "x-advanced");
    }

    /** Were a setting not read, {@link Settings#problems} would fail. */
    @ParameterizedTest
    @MethodSource("types")
    void everySettingOfATypeIsReadAndItsSecretsAreSecret(StoreFactory type) throws IOException {
        Set<String> secret = new TreeSet<>();
        new ObjectMapper()
                .readTree(type.schema())
                .path("properties")
                .properties()
                .forEach(property -> {
                    if (property.getValue().path("x-secret").asBoolean()) {
                        secret.add(property.getKey());
                    }
                });

        assertThat(type.validate(settings(Map.of(), Map.of())))
                .extracting(SettingProblem::message)
                .allMatch("is required"::equals);
        assertThat(type.secretKeys()).containsExactlyInAnyOrderElementsOf(secret);
    }
}
