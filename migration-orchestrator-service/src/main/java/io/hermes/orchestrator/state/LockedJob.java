package io.hermes.orchestrator.state;

import java.util.Optional;
import java.util.UUID;

/**
 * A job as it stands under the lock of its progress row: true until the transaction ends.
 *
 * @param statusReason why it stands there: an outage that is being waited out, or the error that ends it
 * @param planningEpoch which owner of the planning may write
 * @param rate documents per second, smoothed; 0 before the first measurement
 * @param workers workers alive and taking tasks, at least 1
 * @param held whether one of its providers is on hold (as seen when the statement began)
 */
public record LockedJob(
        long id,
        UUID uuid,
        JobTerms terms,
        JobStatus status,
        Optional<PendingAction> pendingAction,
        Optional<String> statusReason,
        boolean planningDone,
        int planningEpoch,
        Counters counters,
        double rate,
        int workers,
        boolean held) {

    /** Whether work may be planned and dispatched. */
    public boolean active() {
        return status == JobStatus.RUNNING && pendingAction.isEmpty();
    }

    /** Whether it is asked to pause and has not paused yet. */
    public boolean pausing() {
        return pendingAction.equals(Optional.of(PendingAction.PAUSE));
    }

    /** What a retry may better: documents that failed, and, as one, a destination that was not found as it was written. */
    public long retryable() {
        return counters.failed() + (status == JobStatus.COMPLETED && statusReason.isPresent() ? 1 : 0);
    }

    /** The same job with what a pending action made of it in this transaction. */
    public LockedJob with(PendingAction action, Optional<String> reason) {
        return new LockedJob(
                id,
                uuid,
                terms,
                status,
                Optional.of(action),
                reason,
                planningDone,
                planningEpoch,
                counters,
                rate,
                workers,
                held);
    }

    LockedJob running() {
        return new LockedJob(
                id,
                uuid,
                terms,
                JobStatus.RUNNING,
                Optional.empty(),
                Optional.empty(),
                planningDone,
                planningEpoch,
                counters,
                rate,
                workers,
                held);
    }

    LockedJob with(Counters now, boolean planned) {
        return new LockedJob(
                id, uuid, terms, status, pendingAction, statusReason, planned, planningEpoch, now, rate, workers, held);
    }
}
