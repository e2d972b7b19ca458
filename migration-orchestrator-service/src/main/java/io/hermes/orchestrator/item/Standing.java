package io.hermes.orchestrator.item;

import io.hermes.orchestrator.state.CounterChange;

/**
 * Where an item stands: the specification's status together with our finer reason. Each standing belongs to one counter of the
 * job's progress row.
 */
public enum Standing {
    READY("pending", null),
    QUEUED("pending", "queued"),
    RETRY("pending", "retry"),
    DEFERRED("pending", "deferred"),
    COPYING("in_progress", null),
    RELEASE_PENDING("in_progress", "release_pending"),
    RELEASE_QUEUED("in_progress", "release_queued"),
    RELEASING("in_progress", "releasing"),
    COMPLETED("completed", null),
    FAILED("failed", null),
    SKIPPED("skipped", null);

    private final String status;
    private final String reason;

    Standing(String status, String reason) {
        this.status = status;
        this.reason = reason;
    }

    /** Reads the two columns. The reason of a closed item does not matter here. */
    public static Standing of(String status, String reason) {
        for (Standing standing : values()) {
            if (standing.status.equals(status)
                    && (standing.closed() || java.util.Objects.equals(standing.reason, reason))) {
                return standing;
            }
        }
        throw new IllegalArgumentException("no such standing: " + status + "/" + reason);
    }

    /** The specification's status word. */
    public String status() {
        return status;
    }

    /** The finer word, {@code null} for the plain state. */
    public String reason() {
        return reason;
    }

    /** Whether nothing changes the item any more, but for a user's explicit retry. */
    public boolean closed() {
        return switch (this) {
            case READY, QUEUED, RETRY, DEFERRED, COPYING, RELEASE_PENDING, RELEASE_QUEUED, RELEASING -> false;
            case COMPLETED, FAILED, SKIPPED -> true;
        };
    }

    /** Whether the copy is still to be made or committed. */
    public boolean copyStep() {
        return switch (this) {
            case READY, QUEUED, RETRY, DEFERRED, COPYING -> true;
            case RELEASE_PENDING, RELEASE_QUEUED, RELEASING, COMPLETED, FAILED, SKIPPED -> false;
        };
    }

    /** Whether a worker has a copy task of the present epoch, or is about to. */
    public boolean copyInFlight() {
        return this == QUEUED || this == COPYING;
    }

    /** Whether a worker has a release task of the present epoch, or is about to. */
    public boolean releaseInFlight() {
        return this == RELEASE_QUEUED || this == RELEASING;
    }

    /** Leaving this standing with an item of this size. */
    public CounterChange left(long bytes) {
        return counted(-1, -bytes);
    }

    /** Entering this standing with an item of this size. */
    public CounterChange entered(long bytes) {
        return counted(1, bytes);
    }

    private CounterChange counted(long count, long bytes) {
        return switch (this) {
            case READY, RETRY, DEFERRED -> new CounterChange(count, count, 0, 0, 0, 0, 0, bytes, bytes, 0, 0, 0, 0, 0);
            case QUEUED -> new CounterChange(count, 0, count, 0, 0, 0, 0, bytes, bytes, 0, 0, 0, 0, 0);
            case COPYING, RELEASE_PENDING, RELEASE_QUEUED, RELEASING ->
                new CounterChange(count, 0, 0, count, 0, 0, 0, bytes, bytes, 0, 0, 0, 0, 0);
            case COMPLETED -> new CounterChange(count, 0, 0, 0, count, 0, 0, bytes, 0, bytes, 0, 0, 0, 0);
            case FAILED -> new CounterChange(count, 0, 0, 0, 0, count, 0, bytes, 0, 0, bytes, 0, 0, 0);
            case SKIPPED -> new CounterChange(count, 0, 0, 0, 0, 0, count, bytes, 0, 0, 0, bytes, 0, 0);
        };
    }
}
