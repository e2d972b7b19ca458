package io.hermes.storage.s3;

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
 * @param unfinished whether something of it can only follow when the document is visible
 * @param loss names of what is kept nowhere
 */
record Attached(
        String contentType,
        Map<String, String> headers,
        Map<String, String> tags,
        KeptIn keptIn,
        boolean unfinished,
        List<String> loss) {

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
