package io.hermes.storage.s3;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Our note about one upload by parts: whose it is cannot be asked of the store, neither its metadata nor its marker can be read
 * before it is completed.
 *
 * @param name key of the object that holds the note
 * @param version of that object, where the bucket keeps versions, so that the note can be removed without a trace
 * @param uploadId what the store calls the upload
 * @param object what is being written
 */
record UploadNote(String name, Optional<String> version, String uploadId, String object) {

    /** The upload's id, which holds no line break, and the object's key, which may. */
    ByteBuffer text() {
        return ByteBuffer.wrap((uploadId + '\n' + object).getBytes(StandardCharsets.UTF_8));
    }

    /** Reads what {@link #text} wrote; absent if it was written by somebody else. */
    static Optional<UploadNote> parse(String name, Optional<String> version, ByteBuffer text) {
        String both = StandardCharsets.UTF_8.decode(text.duplicate()).toString();
        int end = both.indexOf('\n');
        return end < 1
                ? Optional.empty()
                : Optional.of(new UploadNote(name, version, both.substring(0, end), both.substring(end + 1)));
    }
}
