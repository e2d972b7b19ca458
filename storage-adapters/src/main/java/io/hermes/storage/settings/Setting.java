package io.hermes.storage.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One setting, as its schema describes it. Values are texts here, since that is how a store gets them.
 *
 * @param form what a value is written like
 * @param otherwise the value where none is given
 * @param expected what a value has to be, for people
 */
record Setting(
        String key,
        boolean secret,
        boolean required,
        boolean ignored,
        boolean unavailable,
        Form form,
        Optional<String> otherwise,
        Optional<Pattern> pattern,
        List<String> choices,
        int least,
        int most,
        String expected) {

    /** What a value is written like. */
    enum Form {
        TEXT,
        WHOLE_NUMBER,
        FLAG
    }

    static Setting of(String key, boolean required, JsonNode schema) {
        List<String> choices = new ArrayList<>();
        schema.path("enum").forEach(choice -> choices.add(choice.textValue()));
        Form form = switch (schema.path("type").asText()) {
            case "integer" -> Form.WHOLE_NUMBER;
            case "boolean" -> Form.FLAG;
            default -> Form.TEXT;
        };
        int least = schema.path("minimum").asInt(Integer.MIN_VALUE);
        int most = schema.path("maximum").asInt(Integer.MAX_VALUE);
        return new Setting(
                key,
                schema.path("x-secret").asBoolean(),
                required,
                schema.path("x-ignored").asBoolean(),
                schema.has("not"),
                form,
                schema.has("default") ? Optional.of(schema.get("default").asText()) : Optional.empty(),
                Optional.ofNullable(schema.path("pattern").textValue()).map(Pattern::compile),
                choices,
                least,
                most,
                schema.path("x-rule").asText(expected(form, choices, least, most)));
    }

    private static String expected(Form form, List<String> choices, int least, int most) {
        return switch (form) {
            case WHOLE_NUMBER -> "must be a whole number from " + least + " to " + most;
            case FLAG -> "must be true or false";
            case TEXT -> choices.isEmpty() ? "must be a string" : "must be one of " + String.join(", ", choices);
        };
    }

    String written() {
        return expected(form, choices, least, most);
    }

    /** What is wrong with a value, empty if nothing is. */
    Optional<String> problemOf(String value) {
        return !unavailable && accepts(value) ? Optional.empty() : Optional.of(expected);
    }

    private boolean accepts(String value) {
        return switch (form) {
            case WHOLE_NUMBER -> number(value).isPresent();
            case FLAG -> value.toLowerCase(Locale.ROOT).matches("true|false");
            case TEXT ->
                (choices.isEmpty() || choices.contains(value))
                        && pattern.map(form -> form.matcher(value).matches()).orElse(true);
        };
    }

    Optional<Integer> number(String value) {
        try {
            int number = Integer.parseInt(value.trim());
            return number >= least && number <= most ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }
}
