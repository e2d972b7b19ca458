package io.hermes.storage.s3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.Marker;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.document.MetadataJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * All of a document's metadata, in an object beside it. It names the write that it belongs to: one of another write speaks of other bytes
 * and counts for nothing.
 *
 * @param write the id that the document's own user metadata bears
 * @param metadata all of it, with the hash of the bytes that were written
 */
record Manifest(String write, DocumentMetadata metadata) {

    /** A longer one is neither written nor read. */
    static final int MOST_BYTES = 1 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The manifest of a write, as bytes. */
    static byte[] bytes(String write, WriteRequest request, Optional<ContentHash> hash) {
        ObjectNode json = JSON.createObjectNode();
        json.put("write", write);
        json.put("document", request.key().name());
        json.put("size", request.content().size());
        request.marker().map(Marker::text).ifPresent(text -> json.put("marker", text));
        DocumentMetadata metadata = request.metadata();
        MetadataJson.write(metadata.toBuilder().contentHash(hash.orElse(null)).build(), json);
        try {
            // Through a string, which has a character for what UTF-8 cannot say.
            return JSON.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(json)
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
    }

    /** What {@link #bytes} wrote; nothing if it is damaged. */
    static Optional<Manifest> read(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        try {
            return JSON.readTree(bytes) instanceof ObjectNode json
                    ? Optional.of(new Manifest(json.path("write").asText(), MetadataJson.read(json)))
                    : Optional.empty();
        } catch (IOException damaged) {
            return Optional.empty();
        }
    }
}
