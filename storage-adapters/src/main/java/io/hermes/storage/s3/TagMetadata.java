package io.hermes.storage.s3;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Uni;
import java.util.Map;
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

    @Override
    public Attached attach(WriteRequest request, ContentHash hash) {
        TagSet set = tagSet(request, Optional.of(hash));
        UserMetadata user = UserMetadata.of(set.rest(), request.marker(), Optional.of(hash), defaultType);
        return user.attached(new KeptIn.Tags(), set.tags(), false, user.loss());
    }

    /**
     * All of it in the user metadata too, for there are servers (Ceph 16) that forget the tags of an upload by parts. What is missing
     * follows, and if it does not, no more than the hash is lost.
     */
    @Override
    public Attached attachToUpload(WriteRequest request) {
        TagSet set = tagSet(request, request.hash());
        UserMetadata user = UserMetadata.of(request.metadata(), request.marker(), request.hash(), defaultType);
        return user.attached(new KeptIn.Tags(), set.tags(), true, user.loss());
    }

    /** @throws StorageException {@link ErrorKind#UNSUPPORTED} where tags would be lost without a word */
    private TagSet tagSet(WriteRequest request, Optional<ContentHash> hash) {
        if (!seen) {
            throw StorageException.unsupported(
                    "write",
                    request.key(),
                    "metadata_store is s3-tags, but no probe has seen this store keep tags; probe it, or choose"
                            + " user-metadata");
        }
        return TagSet.of(request.metadata(), hash);
    }

    @Override
    public Uni<Written> follow(WriteRequest request, Attached attached, Written written) {
        return attached.unfinished()
                ? LateTags.add(tags, request, written, late(request, written.hash()))
                : Uni.createFrom().item(written);
    }

    @Override
    public Uni<Void> repair(WriteRequest request, DocumentStat standing, KeptIn keptIn, ContentHash hash) {
        return keptIn instanceof KeptIn.Tags
                ? tags.complete(standing.key(), standing.revision(), late(request, hash))
                        .replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    private static Map<String, String> late(WriteRequest request, ContentHash hash) {
        return TagSet.of(request.metadata(), Optional.of(hash)).tags();
    }

    @Override
    public Uni<Void> forget(DocumentKey key) {
        return Uni.createFrom().voidItem();
    }
}
