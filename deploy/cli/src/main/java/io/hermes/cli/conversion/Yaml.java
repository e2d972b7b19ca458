package io.hermes.cli.conversion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Single values as {@code providers.yaml} has them: nothing in them is ever taken for YAML, or for something to be put in. */
final class Yaml {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Yaml() {}

    /** Exactly this text: what JSON says between quotes, YAML says, too. */
    static String text(String text) {
        return quoted(text.replace("${", "$${"));
    }

    /** A variable of the registry's environment, and what follows it. */
    static String variable(String name, String following) {
        return quoted("${" + name + "}" + following.replace("${", "$${"));
    }

    private static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text).replace("\u007f", "\\u007f");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
