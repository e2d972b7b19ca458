package io.hermes.registry.declared;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hermes.registry.provider.DeclaredFault;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * YAML as JSON, with values put in. A value that something was put into is a text; {@code !!int} and {@code !!bool} make it a number or
 * a truth. Only the tags of JSON's own kinds are known, so no class can be named.
 */
final class YamlTree {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Interpolation interpolation;
    private final List<DeclaredFault> faults = new ArrayList<>();

    YamlTree(Interpolation interpolation) {
        this.interpolation = interpolation;
    }

    List<DeclaredFault> faults() {
        return faults;
    }

    JsonNode read(Node document) {
        return read(document, JsonPointer.empty());
    }

    private JsonNode read(Node node, JsonPointer place) {
        return switch (node) {
            case MappingNode mapping -> object(mapping, place);
            case SequenceNode sequence -> array(sequence, place);
            case ScalarNode scalar -> scalar(scalar, place);
            default -> refused(place, "is no YAML that JSON could say");
        };
    }

    private JsonNode object(MappingNode mapping, JsonPointer place) {
        ObjectNode object = JSON.objectNode();
        for (NodeTuple entry : mapping.getValue()) {
            String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            JsonPointer below = place.appendProperty(key);
            if (object.has(key)) {
                refused(below, "is there twice");
            }
            object.set(key, read(entry.getValueNode(), below));
        }
        return object;
    }

    private JsonNode array(SequenceNode sequence, JsonPointer place) {
        ArrayNode array = JSON.arrayNode();
        for (Node element : sequence.getValue()) {
            array.add(read(element, place.appendIndex(array.size())));
        }
        return array;
    }

    private JsonNode scalar(ScalarNode scalar, JsonPointer place) {
        try {
            return typed(scalar.getTag(), interpolation.of(scalar.getValue()), place);
        } catch (Interpolation.Missing missing) {
            return refused(place, missing.getMessage());
        } catch (NumberFormatException notDecimal) {
            return refused(place, "must be a number written with decimal digits");
        }
    }

    private JsonNode typed(Tag tag, String text, JsonPointer place) {
        if (tag.equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return switch (text) {
                case "true" -> JSON.booleanNode(true);
                case "false" -> JSON.booleanNode(false);
                default -> refused(place, "must be true or false; put a text between quotes");
            };
        }
        if (tag.equals(Tag.INT)) {
            return whole(Long.parseLong(text));
        }
        if (tag.equals(Tag.FLOAT)) {
            return JSON.numberNode(Double.parseDouble(text));
        }
        return tag.equals(Tag.STR) || tag.equals(Tag.TIMESTAMP)
                ? JSON.textNode(text)
                : refused(place, "has a tag that is not known here");
    }

    /** Of the type that it has when it comes back from the database: to Hibernate an int is not the long of the same value. */
    private static JsonNode whole(long number) {
        return number == (int) number ? JSON.numberNode((int) number) : JSON.numberNode(number);
    }

    private JsonNode refused(JsonPointer place, String why) {
        faults.add(new DeclaredFault(place.toString(), why));
        return JSON.nullNode();
    }
}
