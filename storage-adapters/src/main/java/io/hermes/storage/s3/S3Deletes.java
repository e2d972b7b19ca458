package io.hermes.storage.s3;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Precondition;
import io.hermes.storage.Revision;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Function;

/**
 * Deletes documents; a particular revision only where the store was seen to check it. In a bucket with versions, deleting puts a
 * delete marker on top and removes nothing.
 */
final class S3Deletes {

    private final S3Bucket bucket;
    private final MetadataStore metadata;
    private final boolean conditional;
    private final Optional<MarkedDeletion> marked;
    private final Function<DocumentKey, Uni<Boolean>> present;

    /**
     * @param conditional whether the deletion of another revision was seen to be refused, or found out and undone
     * @param versions whether the bucket was seen to keep versions
     * @param present whether a document stands under a key
     */
    S3Deletes(
            S3Bucket bucket,
            MetadataStore metadata,
            boolean conditional,
            boolean versions,
            Function<DocumentKey, Uni<Boolean>> present) {
        this.bucket = bucket;
        this.metadata = metadata;
        this.conditional = conditional;
        this.marked = versions ? Optional.of(new MarkedDeletion(bucket, this::matching)) : Optional.empty();
        this.present = present;
    }

    Uni<Void> delete(DocumentKey key, Precondition precondition) {
        return Uni.createFrom().deferred(() -> document(key, precondition)).chain(() -> metadata.forget(key));
    }

    private Uni<Void> document(DocumentKey key, Precondition precondition) {
        return switch (precondition) {
            case Precondition.None none -> plain(key);
            case Precondition.IfAbsent absent -> unsupported(key, "deleting what is not there makes no sense");
            case Precondition.IfMatches matches ->
                conditional
                        ? checked(key, matches.revision())
                        : unsupported(key, "the store was not seen to check revisions on deletion");
        };
    }

    private Uni<Void> checked(DocumentKey key, Revision revision) {
        return marked.map(deletion -> deletion.delete(key, revision)).orElseGet(() -> matching(key, revision));
    }

    private Uni<Void> plain(DocumentKey key) {
        String object = bucket.keys().objectOf("delete", key);
        return bucket.ask(
                        "delete",
                        key.value(),
                        () -> bucket.s3()
                                .deleteObject(
                                        delete -> delete.bucket(bucket.name()).key(object)))
                .replaceWithVoid()
                .onFailure(StorageException.is(ErrorKind.NOT_FOUND))
                .recoverWithNull();
    }

    private Uni<Void> matching(DocumentKey key, Revision revision) {
        String object = bucket.keys().objectOf("delete", key);
        return bucket.ask(
                        "delete",
                        key.value(),
                        () -> bucket.s3()
                                .deleteObject(delete ->
                                        delete.bucket(bucket.name()).key(object).ifMatch(S3Bucket.quoted(revision))))
                .replaceWithVoid()
                .onFailure(StorageException.is(ErrorKind.NOT_FOUND))
                .recoverWithNull()
                .onFailure(StorageException.is(ErrorKind.PRECONDITION_FAILED))
                .recoverWithUni(refused -> unlessGone(key, refused));
    }

    /** Some stores refuse where nothing stands, and a repeated try of ours finds nothing either: both mean deleted. */
    private Uni<Void> unlessGone(DocumentKey key, Throwable refused) {
        return present.apply(key)
                .chain(there -> there
                        ? Uni.createFrom().failure(refused)
                        : Uni.createFrom().voidItem());
    }

    private static Uni<Void> unsupported(DocumentKey key, String why) {
        return Uni.createFrom().failure(() -> StorageException.unsupported("delete", key, why));
    }
}
