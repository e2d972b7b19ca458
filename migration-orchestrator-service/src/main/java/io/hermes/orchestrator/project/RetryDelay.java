package io.hermes.orchestrator.project;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * When a failed attempt is repeated: doubled each time, bounded, and varied by a fifth so that what failed together does not come
 * back together.
 *
 * @param base wait after the first failure
 * @param cap longest wait
 * @param random from 0 to 1
 */
record RetryDelay(Duration base, Duration cap, DoubleSupplier random) {

    private static final int LARGEST_SHIFT = 30;
    private static final double JITTER = 0.2;

    /**
     * The wait after the n-th failed attempt, in milliseconds.
     *
     * @param attempts failed attempts, at least 1
     * @param atLeastMillis what the store asked for, or {@code null}
     */
    long millisAfter(int attempts, Long atLeastMillis) {
        long doubled = base.toMillis() << Math.min(LARGEST_SHIFT, attempts - 1);
        long bounded = doubled <= 0 ? cap.toMillis() : Math.min(doubled, cap.toMillis());
        long wait = varied(bounded);
        return atLeastMillis == null ? wait : Math.max(wait, atLeastMillis);
    }

    /** A wait that somebody else chose, varied upwards. */
    long varied(long millis) {
        return Math.round(millis * (1 - JITTER + 2 * JITTER * random.getAsDouble()));
    }
}
