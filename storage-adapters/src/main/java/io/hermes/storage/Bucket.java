package io.hermes.storage;

import java.util.concurrent.TimeUnit;

/**
 * A token bucket that goes into debt: whoever comes while one token is there takes what it needs, and those after it wait until the debt is
 * paid. So something larger than the bucket passes, and the average is the rate exactly. What may pass at once after a pause is what
 * comes in a quarter of a second. Not for several threads: its {@link Gate} guards it.
 */
final class Bucket {

    /** Well below the second over which stores measure, well above the delay of a timer on a busy machine. */
    private static final double BURST_SECONDS = 0.25;

    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Sums of fractions are not exact. */
    private static final double ENOUGH = 1 - 1e-6;

    private double rate = Double.POSITIVE_INFINITY;
    private double level = 1;
    private long at;

    Bucket(long now) {
        at = now;
    }

    /** From now on so many tokens come in a second. A debt stays; of a rate of nothing nothing is left over. */
    void rate(double perSecond, long now) {
        refill(now);
        rate = perSecond;
        level = Math.min(level, most());
    }

    /** Whether somebody may take now. */
    boolean ready(long now) {
        refill(now);
        return level >= ENOUGH;
    }

    /** Takes tokens, also those that are not there; a negative number gives back. */
    void take(double tokens) {
        level = Math.min(level - tokens, most());
    }

    /** How long it is until somebody may take, {@link Long#MAX_VALUE} if never at this rate. */
    long nanosUntilReady() {
        double nanos = Math.ceil((1 - level) / rate * NANOS);
        return nanos < Long.MAX_VALUE ? Math.max(0, (long) nanos) : Long.MAX_VALUE;
    }

    private void refill(long now) {
        level = Double.isInfinite(rate) ? 1 : Math.min(most(), level + rate * (now - at) / NANOS);
        at = now;
    }

    private double most() {
        return rate == 0 ? 0 : Math.max(1, rate * BURST_SECONDS);
    }
}
