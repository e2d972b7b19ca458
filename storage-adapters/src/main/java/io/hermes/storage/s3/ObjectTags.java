package io.hermes.storage.s3;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Revision;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/** Asks for the tags of an object that is already there. */
final class ObjectTags {

    private final S3Bucket bucket;

    ObjectTags(S3Bucket bucket) {
        this.bucket = bucket;
    }

    /** The tags of this revision; none where the store knows no tags, or says by an error that there are none. */
    Uni<Map<String, String>> get(String operation, DocumentKey key, Optional<String> version) {
        String object = bucket.keys().objectOf(operation, key);
        return bucket.ask(
                        operation,
                        key.value(),
                        () -> bucket.s3()
                                .getObjectTagging(get ->
                                        get.bucket(bucket.name()).key(object).versionId(version.orElse(null))))
                .map(found -> {
                    Map<String, String> tags = new LinkedHashMap<>();
                    found.tagSet().forEach(tag -> tags.put(tag.key(), tag.value()));
                    return tags;
                })
                .onFailure(StorageException.is(ErrorKind.UNSUPPORTED, ErrorKind.NOT_FOUND))
                .recoverWithItem(Map.of());
    }

    /**
     * Adds tags that could not come with the object and leaves those that are there alone.
     *
     * @return the number of requests
     */
    Uni<Integer> complete(DocumentKey key, Revision revision, Map<String, String> wanted) {
        return get("write", key, revision.version())
                .chain(found -> found.keySet().containsAll(wanted.keySet())
                        ? Uni.createFrom().item(1)
                        : put(key, revision.version(), union(found, wanted)).replaceWith(2));
    }

    private static Map<String, String> union(Map<String, String> found, Map<String, String> wanted) {
        Map<String, String> all = new LinkedHashMap<>(wanted);
        all.putAll(found);
        return all;
    }

    private Uni<Void> put(DocumentKey key, Optional<String> version, Map<String, String> tags) {
        String object = bucket.keys().objectOf("write", key);
        return bucket.ask(
                        "write",
                        key.value(),
                        () -> bucket.s3()
                                .putObjectTagging(put -> put.bucket(bucket.name())
                                        .key(object)
                                        .versionId(version.orElse(null))
                                        .tagging(tagging(tags))))
                .replaceWithVoid();
    }

    static Tagging tagging(Map<String, String> tags) {
        return Tagging.builder()
                .tagSet(tags.entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build();
    }
}
