package io.hermes.storage.s3;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.WriteRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/**
 * What an upload by parts is to bring about.
 *
 * @param key the document
 * @param create the request that begins the upload; what it says about the document can never be changed or read again
 * @param resumable whether it may go on with the parts of an earlier attempt: only with a marker, which names item and source revision
 * @param size bytes in all
 * @param partBytes size of every part but the last
 */
record UploadPlan(DocumentKey key, CreateMultipartUploadRequest create, boolean resumable, long size, int partBytes) {

    static UploadPlan of(WriteRequest request, CreateMultipartUploadRequest create, int partBytes) {
        return new UploadPlan(
                request.key(),
                create,
                request.marker().isPresent(),
                request.content().size(),
                partBytes);
    }

    String object() {
        return create.key();
    }

    /**
     * Names this write: equal if, and only if, an upload of one may be completed by the other. Everything that the object will bear
     * goes into it, the marker with the rest of the metadata.
     */
    String fingerprint() {
        if (!resumable) {
            return UUID.randomUUID().toString();
        }
        MessageDigest digest = ContentHash.newDigest();
        add(digest, size + "/" + partBytes);
        create.sdkFields().stream()
                .sorted(Comparator.comparing(SdkField::memberName))
                .forEach(field -> add(digest, field.memberName() + "=" + text(field.getValueOrDefault(create))));
        return ContentHash.finish(digest).hex();
    }

    private static String text(Object value) {
        return value instanceof Map<?, ?> map ? new TreeMap<>(map).toString() : String.valueOf(value);
    }

    private static void add(MessageDigest digest, String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        // The length first, or a value could pass for the next field.
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }
}
