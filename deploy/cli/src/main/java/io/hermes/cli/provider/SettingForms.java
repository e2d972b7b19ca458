package io.hermes.cli.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.hermes.cli.api.ApiFailure;
import io.hermes.cli.api.HermesApi;
import io.hermes.cli.api.Query;
import java.util.regex.Pattern;

/**
 * How the settings of a type are written, which only the registry knows: {@code 2026} is a number of megabytes, and a name of a bucket.
 *
 * @param settings the {@code properties} of the type's JSON Schema
 */
record SettingForms(JsonNode settings) {

    private static final String PATH = "/api/v2/provider-types/";
    private static final int UNKNOWN = 404;
    private static final Pattern NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,17}");

    /** Those of a type. Of an unknown one every setting is a text: the registry says what is wrong when the store is registered. */
    static SettingForms of(HermesApi registry, String type) throws ApiFailure, InterruptedException {
        try {
            return new SettingForms(
                    registry.get(PATH + Query.segment(type)).path("schema").path("properties"));
        } catch (ApiFailure.Refused refused) {
            if (refused.problem().status() != UNKNOWN) {
                throw refused;
            }
            return new SettingForms(MissingNode.getInstance());
        }
    }

    /** A setting's value as the API takes it; a text if it is not what it has to be, for the registry to say so. */
    JsonNode value(String key, String text) {
        return switch (settings.path(key).path("type").asText()) {
            case "integer" ->
                NUMBER.matcher(text).matches() ? LongNode.valueOf(Long.parseLong(text)) : new TextNode(text);
            case "boolean" ->
                text.matches("true|false") ? BooleanNode.valueOf(text.equals("true")) : new TextNode(text);
            default -> new TextNode(text);
        };
    }
}
