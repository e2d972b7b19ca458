package io.hermes.orchestrator.state;

/**
 * What the finish test says about a job. A pure function of the job under its lock.
 *
 * <p>A completed job is a {@code success} if no document failed, {@code failed} if every document failed, else {@code partial}. A
 * job without any document is a success: its listing was complete and empty.
 */
public sealed interface Verdict {

    /** Something is still to happen, or the job has ended before. */
    record Open() implements Verdict {}

    /**
     * Every document has ended, so that there is nothing left to pause. What may come before the job ends is a look at the destination, and
     * that a pause holds back.
     */
    record Completed(Outcome outcome) implements Verdict {}

    /** Asked to fail, and nothing is in flight any more; the reason was noted with the request. */
    record Failed() implements Verdict {}

    /** More documents have failed than its user bears: to be asked to fail, for this reason. */
    record TooManyFailures(String reason) implements Verdict {}

    /** Asked to cancel, and nothing is in flight any more. */
    record Cancelled() implements Verdict {}

    /** Asked to pause, and nothing is in flight any more. */
    record Paused() implements Verdict {}

    /** Nothing is open and the sums do not agree: an error of ours, said openly instead of left running. */
    record Miscounted() implements Verdict {}

    /** The finish test. */
    static Verdict of(LockedJob job) {
        if (job.status() != JobStatus.RUNNING && job.status() != JobStatus.PAUSED) {
            return new Open();
        }
        boolean over = job.planningDone() && job.counters().open() == 0;
        if (job.pendingAction().isPresent() && !(over && job.pausing())) {
            return job.counters().inFlight() > 0
                    ? new Open()
                    : afterDraining(job.pendingAction().get());
        }
        if (job.status() == JobStatus.RUNNING && tooManyFailures(job)) {
            return new TooManyFailures(reason(job));
        }
        if (!over) {
            return new Open();
        }
        return job.counters().scanned() == job.counters().closed()
                ? new Completed(outcome(job.counters()))
                : new Miscounted();
    }

    /** Decided before completion, so that the last answers cannot turn a failure into a partial success by coming together. */
    private static boolean tooManyFailures(LockedJob job) {
        return job.terms()
                .maxFailures()
                .filter(limit -> limit.exceededBy(job.counters(), job.planningDone()))
                .isPresent();
    }

    private static String reason(LockedJob job) {
        return "MAX_FAILURES: %d of %d documents have failed, and the job bears no more than %s. Look at its errors; then retry, or change maxFailures first."
                .formatted(
                        job.counters().failed(),
                        job.counters().scanned(),
                        job.terms().maxFailures().map(FailureLimit::text).orElse("any"));
    }

    private static Verdict afterDraining(PendingAction action) {
        return switch (action) {
            case CANCEL -> new Cancelled();
            case FAIL -> new Failed();
            case PAUSE -> new Paused();
        };
    }

    private static Outcome outcome(Counters counters) {
        if (counters.failed() == 0) {
            return Outcome.SUCCESS;
        }
        return counters.failed() == counters.scanned() ? Outcome.FAILED : Outcome.PARTIAL;
    }
}
