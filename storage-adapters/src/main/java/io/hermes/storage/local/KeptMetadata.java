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
 * What is kept with a document, as JSON. It notes size and modification time of the bytes it was written
 * with: if somebody edits the document in place, its identity stays, but our marker and the hash no longer speak of these bytes.
 *
 * @param metadata as given
 * @param marker as given
 */
record KeptMetadata(DocumentMetadata metadata, Optional<Marker> marker) {

    static final KeptMetadata NOTHING = new KeptMetadata(DocumentMetadata.NONE, Optional.empty());

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SIZE = "size";
    private static final String AT = "at";
    private static final String MARKER = "marker";

    boolean isNothing() {
        return equals(NOTHING);
    }

    byte[] toJson(FileState state) throws IOException {
        return bytes(toTree(state));
    }

    ObjectNode toTree(FileState state) {
        ObjectNode json = JSON.createObjectNode();
        json.put(SIZE, state.size());
        json.put(AT, state.modified().toString());
        marker.ifPresent(value -> json.put(MARKER, value.text()));
        MetadataJson.write(metadata, json);
        return json;
    }

    static byte[] bytes(ObjectNode json) throws IOException {
        return JSON.writeValueAsBytes(json);
    }

    /** Reads what {@link #toJson} wrote; what is damaged or somebody else's says nothing. */
    static KeptMetadata ofJson(byte[] bytes, FileState state) {
        return tree(bytes).map(json -> of(json, state)).orElse(NOTHING);
    }

    static Optional<ObjectNode> tree(byte[] bytes) {
        try {
            return JSON.readTree(bytes) instanceof ObjectNode json ? Optional.of(json) : Optional.empty();
        } catch (JsonProcessingException damaged) {
            return Optional.empty();
        } catch (IOException impossible) {
            throw new IllegalStateException("reading from memory", impossible);
        }
    }

    static KeptMetadata of(ObjectNode json, FileState state) {
        DocumentMetadata metadata = MetadataJson.read(json);
        return isUntouched(json, state)
                ? new KeptMetadata(metadata, marker(json))
                : new KeptMetadata(metadata.toBuilder().contentHash(null).build(), Optional.empty());
    }

    /** Whether these bytes are those that it was written with. */
    static boolean isUntouched(ObjectNode json, FileState state) {
        return json.path(SIZE).asLong(-1) == state.size()
                && json.path(AT).asText().equals(state.modified().toString());
    }

    private static Optional<Marker> marker(ObjectNode json) {
        try {
            return Optional.ofNullable(json.path(MARKER).textValue()).map(Marker::parse);
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }
}
