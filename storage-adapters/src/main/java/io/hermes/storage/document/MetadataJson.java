package io.hermes.storage.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/**
 * The one JSON form of a document's metadata, for every store that keeps it as JSON. A field bears the name of the record's component;
 * what is absent or empty is left out, and whatever else the object holds is not touched.
 */
public final class MetadataJson {

    private MetadataJson() {}

    /** Puts what is known into the object. */
    public static void write(DocumentMetadata metadata, ObjectNode json) {
        put(json, "uuid", metadata.uuid());
        put(json, "name", metadata.name());
        put(json, "contentType", metadata.contentType());
        put(json, "createdTime", metadata.createdTime());
        put(json, "modifiedTime", metadata.modifiedTime());
        put(json, "owner", metadata.owner());
        put(json, "owningTeam", metadata.owningTeam());
        putAll(json, "contributors", metadata.contributors());
        putAll(json, "parents", metadata.parents());
        put(json, "project", metadata.project());
        put(json, "type", metadata.type());
        putAll(json, "tags", metadata.tags());
        put(json, "syncStatus", metadata.syncStatus());
        put(json, "workflowStatus", metadata.workflowStatus());
        put(json, "contentHash", metadata.contentHash().map(ContentHash::hex));
        if (!metadata.extended().isEmpty()) {
            ObjectNode extended = json.putObject("extended");
            new TreeMap<>(metadata.extended()).forEach(extended::put);
        }
    }

    private static void put(ObjectNode json, String name, Optional<?> value) {
        value.ifPresent(present -> json.put(name, present.toString()));
    }

    private static void putAll(ObjectNode json, String name, List<String> values) {
        if (!values.isEmpty()) {
            values.forEach(json.putArray(name)::add);
        }
    }

    /** Reads what {@link #write} wrote. A field that is damaged or of another shape counts as absent. */
    public static DocumentMetadata read(JsonNode json) {
        return new DocumentMetadata.Builder()
                .uuid(read(json, "uuid", UUID::fromString))
                .name(read(json, "name", Function.identity()))
                .contentType(read(json, "contentType", Function.identity()))
                .createdTime(read(json, "createdTime", Instant::parse))
                .modifiedTime(read(json, "modifiedTime", Instant::parse))
                .owner(read(json, "owner", Function.identity()))
                .owningTeam(read(json, "owningTeam", Function.identity()))
                .contributors(readAll(json, "contributors"))
                .parents(readAll(json, "parents"))
                .project(read(json, "project", Function.identity()))
                .type(read(json, "type", Function.identity()))
                .tags(readAll(json, "tags"))
                .syncStatus(read(json, "syncStatus", Function.identity()))
                .workflowStatus(read(json, "workflowStatus", Function.identity()))
                .contentHash(read(json, "contentHash", ContentHash::new))
                .extended(readExtended(json))
                .build();
    }

    /** {@code null}, which the builder takes for absent, if it is not there or makes no sense. */
    private static <T> T read(JsonNode json, String name, Function<String, T> reader) {
        JsonNode value = json.path(name);
        try {
            return value.isTextual() ? reader.apply(value.textValue()) : null;
        } catch (RuntimeException damaged) {
            return null;
        }
    }

    private static List<String> readAll(JsonNode json, String name) {
        List<String> values = new ArrayList<>();
        json.path(name).forEach(value -> values.add(value.asText()));
        return values;
    }

    private static Map<String, String> readExtended(JsonNode json) {
        Map<String, String> values = new LinkedHashMap<>();
        json.path("extended")
                .properties()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().asText()));
        return values;
    }
}
