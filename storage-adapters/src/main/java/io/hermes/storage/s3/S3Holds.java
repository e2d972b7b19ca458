package io.hermes.storage.s3;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.Revision;
import io.smallrye.mutiny.Uni;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;

/**
 * Keeps a version for ever by a legal hold: unlike a retention date it never runs out, and it forbids the deletion of that version
 * to everyone until somebody with the right to do so lifts it at the store itself.
 */
final class S3Holds {

    private static final String OPERATION = "keepForever";

    private final S3Bucket bucket;

    S3Holds(S3Bucket bucket) {
        this.bucket = bucket;
    }

    Uni<Void> keepForever(DocumentKey key, Revision revision) {
        return Uni.createFrom()
                .deferred(() -> hold(key, revision))
                .onFailure(S3Reads.DELETION)
                .transform(failure -> S3Reads.noSuchRevision(OPERATION, key));
    }

    private Uni<Void> hold(DocumentKey key, Revision revision) {
        String object = bucket.keys().objectOf(OPERATION, key);
        String version = revision.version().orElseThrow(() -> S3Restores.noVersion(OPERATION, key));
        return set(key.value(), object, version, ObjectLockLegalHoldStatus.ON);
    }

    /** Lifts a hold of the probe's; nothing that a user asked to keep is ever given up. */
    Uni<Void> lift(String object, String version) {
        return set(object, object, version, ObjectLockLegalHoldStatus.OFF)
                // What cannot be lifted shows when the version is to be removed.
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> set(String key, String object, String version, ObjectLockLegalHoldStatus status) {
        return bucket.ask(
                        OPERATION,
                        key,
                        () -> bucket.s3()
                                .putObjectLegalHold(put -> put.bucket(bucket.name())
                                        .key(object)
                                        .versionId(version)
                                        .legalHold(hold -> hold.status(status))))
                .replaceWithVoid();
    }
}
