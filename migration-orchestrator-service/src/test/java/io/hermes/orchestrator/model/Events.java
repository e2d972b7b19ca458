package io.hermes.orchestrator.model;

import io.hermes.contract.event.Deferred;
import io.hermes.contract.event.ErrorCode;
import io.hermes.contract.event.Failed;
import io.hermes.contract.event.Heartbeat;
import io.hermes.contract.event.MigrationEvent;
import io.hermes.contract.event.Skipped;
import io.hermes.contract.event.Started;
import io.hermes.contract.event.Succeeded;
import io.hermes.contract.job.Verify;
import io.hermes.contract.task.TaskRef;
import io.hermes.orchestrator.testing.TinyWorker;
import java.util.List;
import java.util.UUID;

/**
 * The events of the contract that workers of a job send.
 *
 * @param job its id
 */
public record Events(long job, UUID jobUuid, UUID source, UUID destination) {

    private static final long HOUR_MILLIS = 3_600_000;

    /** What a worker sends. */
    public MigrationEvent event(Told told, long item) {
        TaskRef ref = new TaskRef(jobUuid, job, item, told.dispatch());
        return switch (told.answer()) {
            case STARTED -> new Started(ref, null);
            case HEARTBEAT -> new Heartbeat(4, 1, 0, false, List.of(new Heartbeat.Held(ref, 5)), null, null);
            case SUCCEEDED, SUCCEEDED_ON_ANOTHER_REVISION ->
                succeeded(ref, Document.revisionOf(told.answer()), TinyWorker.HASH);
            case UNPROVEN -> succeeded(ref, Document.REVISION, "0".repeat(64));
            case SKIPPED ->
                new Skipped(
                        ref,
                        Skipped.Reason.IDENTICAL,
                        null,
                        null,
                        null,
                        null,
                        Document.REVISION,
                        null,
                        Document.LISTED_BYTES,
                        1,
                        Document.REQUESTS);
            case FAILED -> new Failed(ref, ErrorCode.TIMEOUT, "slow", true, null, 1);
            case FAILED_FOR_GOOD -> new Failed(ref, ErrorCode.SOURCE_NOT_FOUND, "gone", false, null, 1);
            case DEFERRED ->
                deferred(ref, destination, Deferred.Reason.PROVIDER_UNAVAILABLE, ErrorCode.DEST_UNAVAILABLE);
            case REJECTED_BY_PROVIDER -> deferred(ref, source, Deferred.Reason.PROVIDER_AUTH, ErrorCode.PROVIDER_AUTH);
        };
    }

    private static Succeeded succeeded(TaskRef ref, String revision, String destHash) {
        return new Succeeded(
                ref,
                new UUID(0, ref.itemId()),
                "copied/" + ref.itemId(),
                TinyWorker.HASH,
                destHash,
                revision,
                "d1",
                null,
                Document.COPIED_BYTES,
                5,
                Document.REQUESTS,
                Verify.STORE_CHECKED,
                false,
                List.of());
    }

    private static Deferred deferred(TaskRef ref, UUID provider, Deferred.Reason reason, ErrorCode code) {
        return new Deferred(ref, provider, reason, code, "down", HOUR_MILLIS);
    }
}
