package io.hermes.storage.s3;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.Revision;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;

/**
 * Brings an earlier version back as a new one. Without a precondition the store copies within itself, whatever belongs to the version
 * included. A precondition cannot go with a copy (Ceph and S3Proxy were seen to ignore it there), and a copy ends at 5 GiB: then the
 * document is read and written as any other, which needs what {@link S3Writes} needs.
 */
final class S3Restores {

    /** Largest object that S3 copies with one request. */
    static final long MAX_COPY_BYTES = 5L << 30;

    private static final String OPERATION = "restore";

    private final S3Bucket bucket;
    private final S3Reads reads;
    private final S3Writes writes;

    S3Restores(S3Bucket bucket, S3Reads reads, S3Writes writes) {
        this.bucket = bucket;
        this.reads = reads;
        this.writes = writes;
    }

    Uni<Revision> restore(DocumentKey key, Revision revision, Precondition precondition) {
        return Uni.createFrom()
                .deferred(() -> head(key, revision))
                .chain(found -> precondition instanceof Precondition.None && found.contentLength() <= MAX_COPY_BYTES
                        ? copy(key, revision)
                        : rewrite(key, revision, precondition));
    }

    private Uni<HeadObjectResponse> head(DocumentKey key, Revision revision) {
        String object = bucket.keys().objectOf(OPERATION, key);
        String version = revision.version().orElseThrow(() -> noVersion(OPERATION, key));
        return bucket.ask(
                        OPERATION,
                        key.value(),
                        () -> bucket.s3()
                                .headObject(head ->
                                        head.bucket(bucket.name()).key(object).versionId(version)))
                .onFailure(S3Reads.DELETION)
                .transform(failure -> S3Reads.noSuchRevision(OPERATION, key))
                .invoke(found -> requireSame(key, revision, found));
    }

    private static void requireSame(DocumentKey key, Revision revision, HeadObjectResponse found) {
        if (!S3Bucket.bare(found.eTag()).equals(revision.etag())) {
            throw S3Reads.noSuchRevision(OPERATION, key);
        }
    }

    private Uni<Revision> copy(DocumentKey key, Revision revision) {
        String object = bucket.keys().objectOf(OPERATION, key);
        CopyObjectRequest copy = CopyObjectRequest.builder()
                .sourceBucket(bucket.name())
                .sourceKey(object)
                .sourceVersionId(revision.version().orElseThrow())
                .destinationBucket(bucket.name())
                .destinationKey(object)
                .metadataDirective(MetadataDirective.COPY)
                .build();
        return bucket.ask(OPERATION, key.value(), () -> bucket.s3().copyObject(copy))
                .chain(copied -> newRevision(key, copied));
    }

    /** Ceph does not say which version came to be; then a look tells, unless somebody else has written since. */
    private Uni<Revision> newRevision(DocumentKey key, CopyObjectResponse copied) {
        if (copied.copyObjectResult() == null || copied.copyObjectResult().eTag() == null) {
            return Uni.createFrom()
                    .failure(() -> new StorageException(
                            ErrorKind.UNAVAILABLE, OPERATION, key.value(), "the store did not say that it copied"));
        }
        Revision made = S3Bucket.revision(copied.copyObjectResult().eTag(), copied.versionId());
        return made.version().isPresent()
                ? Uni.createFrom().item(made)
                : reads.stat(key).map(stat -> stat.revision().matches(made) ? stat.revision() : made);
    }

    private Uni<Revision> rewrite(DocumentKey key, Revision revision, Precondition precondition) {
        return reads.read(new ReadRequest(
                        key, Optional.of(revision), bucket.config().thresholdBytes()))
                .chain(document -> write(document, precondition))
                .map(Written::revision)
                .onFailure()
                .transform(failure -> S3Errors.of(OPERATION, key.value(), failure));
    }

    private Uni<Written> write(OpenDocument document, Precondition precondition) {
        return writes.write(new WriteRequest(
                        document.stat().key(),
                        document.content(),
                        Optional.empty(),
                        document.stat().metadata(),
                        document.stat().marker(),
                        precondition))
                .onFailure()
                .invoke(document.discard());
    }

    static StorageException noVersion(String operation, DocumentKey key) {
        return new StorageException(
                ErrorKind.NOT_FOUND,
                operation,
                key.value(),
                "the revision names no version, so it cannot be found again");
    }
}
