package io.hermes.storage.s3;

import io.hermes.storage.DocumentStat;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Precondition;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Uni;
import java.util.List;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Settles a write that was refused although it had happened: the SDK's first try succeeded, its answer was lost, and the second try
 * met the precondition that the first had already used up. Our marker on the object tells that from a stranger's document. The same
 * marker shows what an earlier delivery wrote before it was cut off; what was to follow that write follows now.
 */
final class OwnWork {

    private final S3Bucket bucket;
    private final MetadataStore metadata;

    OwnWork(S3Bucket bucket, MetadataStore metadata) {
        this.bucket = bucket;
        this.metadata = metadata;
    }

    /** A write that was refused. */
    private record Refused(WriteRequest request, Written outline, boolean tried, StorageException told) {

        Uni<Written> failure() {
            return Uni.createFrom().failure(told);
        }
    }

    /**
     * The write's result if the object is the one that it was to write, the failure otherwise.
     *
     * @param attached what the write sent
     * @param outline what it would have reported
     */
    Uni<Written> orFail(WriteRequest request, String object, Attached attached, Written outline, Throwable failure) {
        StorageException told = told(request, S3Errors.of("write", request.key().value(), failure));
        Refused refused = new Refused(request, outline, S3Errors.attempts(failure) > 1, told);
        boolean maybeOurs = told.kind() == ErrorKind.PRECONDITION_FAILED
                && request.marker().isPresent()
                && (refused.tried() || attached.unfinished());
        if (!maybeOurs) {
            return refused.failure();
        }
        return bucket.ask(
                        "write",
                        request.key().value(),
                        () -> bucket.s3()
                                .headObject(head -> head.bucket(bucket.name()).key(object)))
                .onItem()
                .transformToUni(found -> settle(refused, found));
    }

    /** S3 says 404 when a document that was to be replaced is not there. */
    private static StorageException told(WriteRequest request, StorageException failure) {
        boolean gone =
                failure.kind() == ErrorKind.NOT_FOUND && request.precondition() instanceof Precondition.IfMatches;
        return gone
                ? new StorageException(
                        ErrorKind.PRECONDITION_FAILED, "write", failure.key(), "the document to be replaced is gone")
                : failure;
    }

    /** Either way what an earlier delivery of this write may have left undone is done; whose work it was decides what is reported. */
    private Uni<Written> settle(Refused refused, HeadObjectResponse found) {
        DocumentStat standing = S3Reads.statOf(refused.request().key(), found);
        if (!isOurs(refused, standing)) {
            return refused.failure();
        }
        return metadata.repair(
                        refused.request(),
                        standing,
                        KeptIn.of(found.metadata()),
                        refused.outline().hash())
                .chain(() -> refused.tried() ? ours(refused.outline(), standing) : refused.failure());
    }

    private static boolean isOurs(Refused refused, DocumentStat standing) {
        Written outline = refused.outline();
        return standing.marker().equals(refused.request().marker())
                && standing.size() == outline.size()
                && standing.metadata().contentHash().map(outline.hash()::equals).orElse(true);
    }

    private static Uni<Written> ours(Written outline, DocumentStat standing) {
        return Uni.createFrom().item(outline.at(standing.revision()).after(1, List.of()));
    }
}
