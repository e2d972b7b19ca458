package io.hermes.storage.s3;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;

/**
 * Everything in the object's own user metadata: one request, on every server, 2 KB. Only the hash of a large document that nobody could
 * tell beforehand follows as a tag, where the store keeps tags.
 */
final class ObjectMetadata implements MetadataStore {

    private final String defaultType;
    private final Optional<ObjectTags> tags;

    /** @param tags where the store was seen to keep them */
    ObjectMetadata(String defaultType, Optional<ObjectTags> tags) {
        this.defaultType = defaultType;
        this.tags = tags;
    }

    @Override
    public Attached attach(WriteRequest request, ContentHash hash) {
        return attach(request, Optional.of(hash), false);
    }

    @Override
    public Attached attachToUpload(WriteRequest request) {
        return attach(request, request.hash(), request.hash().isEmpty() && tags.isPresent());
    }

    private Attached attach(WriteRequest request, Optional<ContentHash> hash, boolean hashFollows) {
        KeptIn keptIn = hashFollows ? new KeptIn.Tags() : new KeptIn.Itself();
        UserMetadata user = UserMetadata.of(request.metadata(), request.marker(), hash, defaultType);
        return user.attached(keptIn, Map.of(), hashFollows, user.loss());
    }

    @Override
    public Uni<Written> follow(WriteRequest request, Attached attached, Written written) {
        return attached.unfinished() && tags.isPresent()
                ? LateTags.add(tags.get(), request, written, late(written.hash()))
                : Uni.createFrom().item(written);
    }

    @Override
    public Uni<Void> repair(WriteRequest request, DocumentStat standing, KeptIn keptIn, ContentHash hash) {
        boolean hashFollows = keptIn instanceof KeptIn.Tags;
        return hashFollows && tags.isPresent()
                ? tags.get()
                        .complete(standing.key(), standing.revision(), late(hash))
                        .replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    private static Map<String, String> late(ContentHash hash) {
        return Map.of(TagSet.HASH, hash.hex());
    }

    @Override
    public Uni<Void> forget(DocumentKey key) {
        return Uni.createFrom().voidItem();
    }
}
