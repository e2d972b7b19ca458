package io.hermes.storage.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.Marker;
import io.hermes.storage.document.MetadataJson;
import java.io.IOException;
import java.util.Optional;

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
        MetadataJson.write(metadata, json);
        return JSON.writeValueAsBytes(json);
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
        DocumentMetadata metadata = MetadataJson.read(json);
        return untouched
                ? new KeptMetadata(metadata, marker(json))
                : new KeptMetadata(metadata.toBuilder().contentHash(null).build(), Optional.empty());
    }

    private static Optional<Marker> marker(ObjectNode json) {
        try {
            return Optional.ofNullable(json.path("marker").textValue()).map(Marker::parse);
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }
}
