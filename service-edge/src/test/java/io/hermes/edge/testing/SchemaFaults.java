package io.hermes.edge.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What is wrong with an answer by its schema: the parts of JSON Schema that the documents use. A field that no schema names is wrong. */
final class SchemaFaults {

    private final CommittedDocument document;
    private final List<String> faults = new ArrayList<>();

    private SchemaFaults(CommittedDocument document) {
        this.document = document;
    }

    static List<String> of(JsonNode value, JsonNode schema, CommittedDocument document) {
        SchemaFaults found = new SchemaFaults(document);
        found.check(value, schema, "");
        return found.faults;
    }

    private void check(JsonNode value, JsonNode given, String where) {
        JsonNode schema = document.resolved(given);
        List<JsonNode> choices = Stream.of("anyOf", "oneOf")
                .flatMap(word -> StreamSupport.stream(schema.path(word).spliterator(), false))
                .toList();
        if (!choices.isEmpty()) {
            checkChoices(value, choices, where);
            return;
        }
        if (schema.has("type") && types(schema.path("type")).noneMatch(type -> is(value, type))) {
            faults.add(where + " is " + value.getNodeType() + ", not " + schema.path("type"));
        }
        if (schema.has("enum")
                && StreamSupport.stream(schema.path("enum").spliterator(), false)
                        .noneMatch(value::equals)) {
            faults.add(where + " is " + value + ", none of " + schema.path("enum"));
        }
        value.properties().forEach(member -> checkMember(member.getKey(), member.getValue(), schema, where));
        if (value.isArray()) {
            value.forEach(item -> check(item, schema.path("items"), where + "[]"));
        }
        schema.path("required").forEach(name -> {
            if (!value.has(name.asText())) {
                faults.add(where + " has no " + name);
            }
        });
    }

    private void checkChoices(JsonNode value, List<JsonNode> choices, String where) {
        if (choices.stream().noneMatch(choice -> of(value, choice, document).isEmpty())) {
            faults.add(where + " is none of " + choices);
        }
    }

    private void checkMember(String name, JsonNode value, JsonNode schema, String where) {
        JsonNode known = schema.path("properties").path(name);
        if (!known.isMissingNode()) {
            check(value, known, where + "." + name);
        } else if (schema.has("additionalProperties")) {
            check(value, schema.path("additionalProperties"), where + "." + name);
        } else if (schema.has("type")) {
            faults.add(where + " has the unknown field " + name);
        }
    }

    private static Stream<String> types(JsonNode type) {
        return type.isArray()
                ? StreamSupport.stream(type.spliterator(), false).map(JsonNode::asText)
                : Stream.of(type.asText());
    }

    private static boolean is(JsonNode value, String type) {
        return switch (type) {
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "null" -> value.isNull();
            default -> false;
        };
    }
}
