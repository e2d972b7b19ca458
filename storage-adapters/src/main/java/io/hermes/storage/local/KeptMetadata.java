package io.hermes.storage.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.Marker;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * What is kept with a document, as the JSON of one extended attribute. It notes size and modification time of the bytes it was written
 * with: if somebody edits the document in place, its identity stays, but our marker and the hash no longer speak of these bytes.
 *
 * @param metadata as given
 * @param marker as given
 */
record KeptMetadata(DocumentMetadata metadata, Optional<Marker> marker) {

    static final KeptMetadata NOTHING = new KeptMetadata(DocumentMetadata.NONE, Optional.empty());

    private static final ObjectMapper JSON = new ObjectMapper();

    boolean isNothing() {
        return equals(NOTHING);
    }

    byte[] toJson(FileState state) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("size", state.size());
        json.put("at", state.modified().toString());
        marker.ifPresent(value -> json.put("marker", value.text()));
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
            metadata.extended().forEach(extended::put);
        }
        return JSON.writeValueAsBytes(json);
    }

    private static void put(ObjectNode json, String name, Optional<?> value) {
        value.ifPresent(present -> json.put(name, present.toString()));
    }

    private static void putAll(ObjectNode json, String name, List<String> values) {
        if (!values.isEmpty()) {
            values.forEach(json.putArray(name)::add);
        }
    }

    /** Reads what {@link #toJson} wrote; what is damaged or somebody else's says nothing. */
    static KeptMetadata ofJson(byte[] bytes, FileState state) {
        try {
            return JSON.readTree(bytes) instanceof ObjectNode json ? of(json, state) : NOTHING;
        } catch (JsonProcessingException damaged) {
            return NOTHING;
        } catch (IOException impossible) {
            throw new IllegalStateException("reading from memory", impossible);
        }
    }

    private static KeptMetadata of(ObjectNode json, FileState state) {
        boolean untouched = json.path("size").asLong(-1) == state.size()
                && json.path("at").asText().equals(state.modified().toString());
        DocumentMetadata metadata = new DocumentMetadata.Builder()
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
                .contentHash(untouched ? read(json, "contentHash", ContentHash::new) : null)
                .extended(readExtended(json))
                .build();
        Marker marker = untouched ? read(json, "marker", Marker::parse) : null;
        return new KeptMetadata(metadata, Optional.ofNullable(marker));
    }

    /** {@code null}, which the builder takes for absent, if it is not there or makes no sense. */
    private static <T> T read(ObjectNode json, String name, Function<String, T> reader) {
        JsonNode value = json.path(name);
        try {
            return value.isTextual() ? reader.apply(value.textValue()) : null;
        } catch (RuntimeException damaged) {
            return null;
        }
    }

    private static List<String> readAll(ObjectNode json, String name) {
        List<String> values = new ArrayList<>();
        json.path(name).forEach(value -> values.add(value.asText()));
        return values;
    }

    private static Map<String, String> readExtended(ObjectNode json) {
        Map<String, String> values = new LinkedHashMap<>();
        json.path("extended")
                .properties()
                .forEach(entry -> values.put(entry.getKey(), entry.getValue().asText()));
        return values;
    }
}
