package io.hermes.storage.s3;

import io.hermes.storage.ContentHash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.Tagging;

/**
 * The metadata that travels in one request with the bytes.
 *
 * @param contentType media type
 * @param headers user metadata
 * @param tags the object's tags
 * @param keptIn where the rest is, as the headers say
 * @param hash of the bytes, if the headers tell it
 * @param loss names of what is kept nowhere
 */
record Attached(
        String contentType,
        Map<String, String> headers,
        Map<String, String> tags,
        KeptIn keptIn,
        Optional<ContentHash> hash,
        List<String> loss) {

    /** Whether some of it can only follow when the document is visible. */
    boolean unfinished() {
        return switch (keptIn) {
            case KeptIn.Itself itself -> false;
            case KeptIn.Tags tagged -> hash.isEmpty();
            case KeptIn.Manifest manifest -> true;
        };
    }

    void to(PutObjectRequest.Builder put) {
        put.contentType(contentType).metadata(headers);
        tagging().ifPresent(put::tagging);
    }

    void to(CreateMultipartUploadRequest.Builder create) {
        create.contentType(contentType).metadata(headers);
        tagging().ifPresent(create::tagging);
    }

    private Optional<Tagging> tagging() {
        return tags.isEmpty() ? Optional.empty() : Optional.of(ObjectTags.tagging(tags));
    }
}
