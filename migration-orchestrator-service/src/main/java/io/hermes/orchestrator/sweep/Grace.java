package io.hermes.orchestrator.sweep;

import java.time.Duration;

/**
 * Whether one lease has passed since this replica, the database or the broker came back. Before that a lapsed lease may be our own
 * fault: the worker could not report, or we could not listen. By a monotonic clock.
 */
final class Grace {

    private final Duration lease;
    private long trustedSince;

    Grace(Duration lease, long nowNanos) {
        this.lease = lease;
        this.trustedSince = nowNanos;
    }

    /** Something that we need was away: count from now. */
    synchronized void interrupted(long nowNanos) {
        trustedSince = nowNanos;
    }

    /** Whether what lapsed has lapsed in spite of everything working. */
    synchronized boolean isOver(long nowNanos) {
        return nowNanos - trustedSince >= lease.toNanos();
    }
}
