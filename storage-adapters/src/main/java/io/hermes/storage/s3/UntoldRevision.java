package io.hermes.storage.s3;

import io.hermes.storage.DocumentStat;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Uni;

/** Asks for the revision of a document if the store completed its upload without telling the ETag, as Ceph 16 does. */
record UntoldRevision(S3Bucket bucket) {

    Uni<Written> find(WriteRequest request, String object, Written written) {
        return written.revision().etag().isEmpty()
                ? ask(request, object, written)
                : Uni.createFrom().item(written);
    }

    private Uni<Written> ask(WriteRequest request, String object, Written written) {
        return bucket.ask(
                        "write",
                        request.key().value(),
                        () -> bucket.s3()
                                .headObject(head -> head.bucket(bucket.name())
                                        .key(object)
                                        .versionId(written.revision().version().orElse(null))))
                .map(found -> told(request, written, S3Reads.statOf(request.key(), found)));
    }

    /** Without versions, the answer may be about a document that has taken the place of this one since. */
    private static Written told(WriteRequest request, Written written, DocumentStat standing) {
        boolean ours = standing.size() == written.size() && standing.marker().equals(request.marker());
        if (!ours) {
            throw new StorageException(
                    ErrorKind.CHANGED, "write", request.key().value(), "another document took the place of this one");
        }
        return new Written(
                standing.revision(),
                written.hash(),
                written.size(),
                written.proven(),
                written.metadataLoss(),
                written.requests() + 1);
    }
}
