package io.hermes.storage.s3;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Identity in the object's tags, where lifecycle rules and policies can see it, the rest in its user metadata. Both go into the one
 * request that makes the document visible: tags that followed it would be lost by a crash in between.
 */
final class TagMetadata implements MetadataStore {

    private final String defaultType;
    private final boolean seen;
    private final ObjectTags tags;

    /** @param seen whether the store was seen to keep tags */
    TagMetadata(String defaultType, boolean seen, ObjectTags tags) {
        this.defaultType = defaultType;
        this.seen = seen;
        this.tags = tags;
    }

    /** @throws StorageException {@link ErrorKind#UNSUPPORTED} where tags would be lost without a word */
    @Override
    public Attached attach(WriteRequest request, Optional<ContentHash> hash) {
        if (!seen) {
            throw new StorageException(
                    ErrorKind.UNSUPPORTED,
                    "write",
                    request.key().value(),
                    "metadata_store is s3-tags, but no probe has seen this store keep tags; probe it, or choose"
                            + " user-metadata");
        }
        TagSet set = TagSet.of(request.metadata(), hash);
        UserMetadata user = UserMetadata.of(set.rest(), request.marker(), hash, defaultType);
        return user.attached(new KeptIn.Tags(), set.tags(), user.loss());
    }

    @Override
    public Uni<Written> follow(WriteRequest request, Attached attached, Written written) {
        return attached.unfinished()
                ? LateHash.add(tags, request, written)
                : Uni.createFrom().item(written);
    }

    @Override
    public Uni<Void> repair(WriteRequest request, DocumentStat standing, KeptIn keptIn, ContentHash hash) {
        boolean hashMissing = standing.metadata().contentHash().isEmpty();
        return hashMissing && keptIn instanceof KeptIn.Tags
                ? tags.addHash(standing.key(), standing.revision(), hash).replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> forget(DocumentKey key) {
        return Uni.createFrom().voidItem();
    }
}
