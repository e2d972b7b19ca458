package io.hermes.orchestrator.item;

import jakarta.annotation.Nullable;

/**
 * An item under the lock of its job, as far as deciding about an event needs it.
 *
 * @param epoch the number of its last dispatch; the fence
 * @param attempts attempts that failed for other reasons than an outage
 * @param size in bytes, as listed or as a worker found it
 * @param sourceRevision the revision listed or last read, {@code null} if the listing told none
 * @param replacedRevision the first destination revision that a worker announced it would replace
 */
public record Item(
        long id,
        long jobId,
        String sourceKey,
        Standing standing,
        int epoch,
        int attempts,
        int maxAttempts,
        long size,
        @Nullable String sourceRevision,
        @Nullable String replacedRevision) {

    /** The same item elsewhere. */
    public Item at(Standing next) {
        return new Item(
                id, jobId, sourceKey, next, epoch, attempts, maxAttempts, size, sourceRevision, replacedRevision);
    }

    /** The same item after one more failed attempt. */
    public Item afterAttempt() {
        return new Item(
                id,
                jobId,
                sourceKey,
                standing,
                epoch,
                attempts + 1,
                maxAttempts,
                size,
                sourceRevision,
                replacedRevision);
    }

    /** The same item, seen by a worker at this size and revision. */
    public Item seen(long bytes, @Nullable String revision) {
        return new Item(
                id,
                jobId,
                sourceKey,
                standing,
                epoch,
                attempts,
                maxAttempts,
                bytes,
                revision == null ? sourceRevision : revision,
                replacedRevision);
    }

    /** The same item; the first announced revision stays. */
    public Item replacing(@Nullable String revision) {
        return new Item(
                id,
                jobId,
                sourceKey,
                standing,
                epoch,
                attempts,
                maxAttempts,
                size,
                sourceRevision,
                replacedRevision == null ? revision : replacedRevision);
    }
}
