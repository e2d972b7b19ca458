package io.hermes.storage.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The schema of a type's settings, a file {@value #FILE} beside the class that reads them. Beyond JSON Schema 2020-12 it says of a
 * setting: {@code x-secret}, it is sealed and never shown; {@code x-rule}, what a value has to be, the predicate of an error's
 * sentence; {@code x-ignored}, it is taken and has no effect; {@code x-group} and {@code x-advanced}, where a form shows it.
 */
public final class SettingsSchema {

    private static final String FILE = "settings.schema.json";

    private final String text;
    private final Map<String, Setting> settings = new LinkedHashMap<>();

    private SettingsSchema(String text) throws IOException {
        this.text = text;
        JsonNode schema = new ObjectMapper().readTree(text);
        Set<String> required = new LinkedHashSet<>();
        schema.path("required").forEach(key -> required.add(key.textValue()));
        schema.path("properties")
                .properties()
                .forEach(property -> settings.put(
                        property.getKey(),
                        Setting.of(property.getKey(), required.contains(property.getKey()), property.getValue())));
    }

    /**
     * The schema beside a class.
     *
     * @throws IllegalArgumentException if there is none, or it is not JSON
     */
    public static SettingsSchema beside(Class<?> reader) {
        try (InputStream file = reader.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalArgumentException("there is no " + FILE + " beside " + reader.getName());
            }
            return of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * A schema.
     *
     * @throws IllegalArgumentException if it is not JSON
     */
    public static SettingsSchema of(String text) {
        try {
            return new SettingsSchema(text);
        } catch (IOException notJson) {
            throw new IllegalArgumentException("the schema of settings is not JSON", notJson);
        }
    }

    /** The schema as it is published. */
    public String text() {
        return text;
    }

    /** Every setting that there is. */
    public Set<String> keys() {
        return Set.copyOf(settings.keySet());
    }

    /** The settings that are secret. */
    public Set<String> secretKeys() {
        Set<String> secret = new LinkedHashSet<>(settings.keySet());
        secret.removeIf(key -> !settings.get(key).secret());
        return Set.copyOf(secret);
    }

    /** What a setting has to be, such as {@code must be true or false}: the predicate of a sentence about it. */
    public String expected(String key) {
        return setting(key).expected();
    }

    /** What a setting is written like, such as {@code must be a string}: the predicate of a sentence about it. */
    public String form(String key) {
        return setting(key).written();
    }

    Map<String, Setting> settings() {
        return settings;
    }

    Setting setting(String key) {
        Setting setting = settings.get(key);
        if (setting == null) {
            throw new IllegalArgumentException("the schema knows no setting '" + key + "': describe it there");
        }
        return setting;
    }
}
