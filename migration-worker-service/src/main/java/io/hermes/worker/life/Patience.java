package io.hermes.worker.life;

import java.time.Duration;

/** How long something has been wrong without a break. */
final class Patience {

    private final long limitNanos;
    private boolean waiting;
    private long sinceNanos;

    Patience(Duration limit) {
        this.limitNanos = limit.toNanos();
    }

    /** Whether it has been wrong for longer than the limit, now included. */
    synchronized boolean isOver(boolean well, long nowNanos) {
        if (well) {
            waiting = false;
            return false;
        }
        if (!waiting) {
            waiting = true;
            sinceNanos = nowNanos;
        }
        return nowNanos - sinceNanos > limitNanos;
    }
}
