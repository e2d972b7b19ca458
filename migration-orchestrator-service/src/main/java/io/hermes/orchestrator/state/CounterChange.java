package io.hermes.orchestrator.state;

/**
 * What a transaction adds to a job's counters. Made from changes of rows only, never from events, so that an event that changes
 * nothing counts nothing.
 *
 * @param bytesScanned bytes added to the plan; also a document that turned out to have another size than listed
 * @param bytesOpen bytes of documents that may still change
 * @param retries attempts that failed and will be repeated
 * @param requests requests that workers sent to stores
 */
public record CounterChange(
        long scanned,
        long waiting,
        long queued,
        long inProgress,
        long migrated,
        long failed,
        long skipped,
        long bytesScanned,
        long bytesOpen,
        long bytesMigrated,
        long bytesFailed,
        long bytesSkipped,
        long retries,
        long requests) {

    /** Nothing. */
    public static final CounterChange NONE = new CounterChange(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** New documents in the plan, to be migrated. */
    public static CounterChange planned(long documents, long bytes) {
        return new CounterChange(documents, documents, 0, 0, 0, 0, 0, bytes, bytes, 0, 0, 0, 0, 0);
    }

    /** New documents in the plan that failed at once. */
    public static CounterChange plannedFailed(long documents, long bytes) {
        return new CounterChange(documents, 0, 0, 0, 0, documents, 0, bytes, 0, 0, bytes, 0, 0, 0);
    }

    /** New documents in the plan that need not be migrated. */
    public static CounterChange plannedSkipped(long documents, long bytes) {
        return new CounterChange(documents, 0, 0, 0, 0, 0, documents, bytes, 0, 0, 0, bytes, 0, 0);
    }

    /** Documents dispatched, or (negative) taken back. */
    public static CounterChange dispatched(long count) {
        return new CounterChange(0, -count, count, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** Documents whose worker was lost, waiting again. */
    public static CounterChange lost(long fromQueued, long fromInProgress) {
        return new CounterChange(
                0, fromQueued + fromInProgress, -fromQueued, -fromInProgress, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** Documents that had failed and wait again. */
    public static CounterChange retried(long documents, long bytes) {
        return new CounterChange(0, documents, 0, 0, 0, -documents, 0, 0, bytes, 0, -bytes, 0, 0, 0);
    }

    /** Failed documents that are no part of the job any more. */
    public static CounterChange removed(long documents, long bytes) {
        return new CounterChange(-documents, 0, 0, 0, 0, -documents, 0, -bytes, 0, 0, -bytes, 0, 0, 0);
    }

    /** Both changes. */
    public CounterChange plus(CounterChange other) {
        return new CounterChange(
                scanned + other.scanned,
                waiting + other.waiting,
                queued + other.queued,
                inProgress + other.inProgress,
                migrated + other.migrated,
                failed + other.failed,
                skipped + other.skipped,
                bytesScanned + other.bytesScanned,
                bytesOpen + other.bytesOpen,
                bytesMigrated + other.bytesMigrated,
                bytesFailed + other.bytesFailed,
                bytesSkipped + other.bytesSkipped,
                retries + other.retries,
                requests + other.requests);
    }

    /** Documents that ended by this change. */
    public long closed() {
        return migrated + failed + skipped;
    }
}
