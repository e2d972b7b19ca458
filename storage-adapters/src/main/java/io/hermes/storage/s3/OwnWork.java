package io.hermes.storage.s3;

import io.hermes.storage.ErrorKind;
import io.hermes.storage.Marker;
import io.hermes.storage.Precondition;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Settles a write that was refused although it had happened: the SDK's first try succeeded, its answer was lost, and the second try
 * met the precondition that the first had already used up. Our marker on the object tells that from a stranger's document.
 */
final class OwnWork {

    private final S3Bucket bucket;

    OwnWork(S3Bucket bucket) {
        this.bucket = bucket;
    }

    /** The write's result if the object is the one that it was to write, the failure otherwise. */
    Uni<Written> orFail(WriteRequest request, String object, Written outline, Throwable failure) {
        StorageException told = told(request, S3Errors.of("write", request.key().value(), failure));
        boolean maybeOurs = told.kind() == ErrorKind.PRECONDITION_FAILED
                && S3Errors.attempts(failure) > 1
                && request.marker().isPresent();
        if (!maybeOurs) {
            return Uni.createFrom().failure(told);
        }
        return bucket.ask(
                        "write",
                        request.key().value(),
                        () -> bucket.s3()
                                .headObject(head -> head.bucket(bucket.name()).key(object)))
                .onItem()
                .transformToUni(found -> settle(request, outline, found, told));
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

    private static Uni<Written> settle(
            WriteRequest request, Written outline, HeadObjectResponse found, StorageException told) {
        Optional<Marker> marker = S3Metadata.marker(found.metadata());
        if (!marker.equals(request.marker()) || found.contentLength() != outline.size()) {
            return Uni.createFrom().failure(told);
        }
        return Uni.createFrom()
                .item(new Written(
                        S3Bucket.revision(found.eTag(), found.versionId()),
                        outline.hash(),
                        outline.size(),
                        outline.proven(),
                        outline.metadataLoss(),
                        outline.requests() + 1));
    }
}
