package io.hermes.storage;

import java.time.Duration;

/**
 * How fast a store is asked that throttles. The rate at which it throttled is its ceiling: half of that at first, then a tenth of it more a
 * second until close below it, slowly past it, and ever quicker when it is no ceiling any more. Not for several threads.
 *
 * <p>A rate is cut at most once a second, and only for a request that was sent after the last cut: all others tell what is known already.
 */
final class Backoff {

    private static final Duration ONE_SECOND = Duration.ofSeconds(1);
    /** Silence of the store after which it may be asked as before, if nobody is held back any more. */
    private static final Duration QUIET = Duration.ofSeconds(30);

    /** A store that fails now and then, however often it is asked, is not to be asked ever less. */
    private static final double LEAST = 2;

    private static final double QUICK = 0.1;
    private static final double SLOW = 0.01;
    private static final double BELOW = 0.9;
    private static final double ABOVE = 1.1;

    private double ceiling;
    private double start;
    private long since;
    private long lastThrottled;

    /** @param rate at which the store throttled */
    Backoff(double rate, long now) {
        cut(rate, now);
    }

    /** The store wants to be left alone until then. What was not asked meanwhile says nothing about how much it takes afterwards. */
    void rest(long until) {
        since = later(since, until);
        lastThrottled = later(lastThrottled, until);
    }

    private static long later(long one, long other) {
        return other - one > 0 ? other : one;
    }

    /** The store has throttled again. */
    void throttled(long sentAt, long now) {
        lastThrottled = later(lastThrottled, now);
        if (sentAt - since >= 0 && now - since >= ONE_SECOND.toNanos()) {
            cut(rate(now), now);
        }
    }

    private void cut(double rate, long now) {
        ceiling = Math.max(LEAST, rate);
        start = Math.max(LEAST, ceiling / 2);
        since = now;
        lastThrottled = now;
    }

    /** Requests a second. */
    double rate(long now) {
        double seconds = Math.max(0, (now - since) / (double) ONE_SECOND.toNanos());
        double close = Math.max(start, BELOW * ceiling);
        double quickSeconds = (close - start) / (QUICK * ceiling);
        double slowSeconds = (ABOVE * ceiling - close) / (SLOW * ceiling);
        if (seconds <= quickSeconds) {
            return start + QUICK * ceiling * seconds;
        }
        return seconds <= quickSeconds + slowSeconds
                ? close + SLOW * ceiling * (seconds - quickSeconds)
                : ABOVE * ceiling * Math.exp(QUICK * (seconds - quickSeconds - slowSeconds));
    }

    /**
     * Whether it is needed no more.
     *
     * @param allowed rate without it
     * @param heldBack whether anybody had to wait of late
     */
    boolean isOver(double allowed, boolean heldBack, long now) {
        boolean reached = allowed > 0 && rate(now) >= allowed;
        return reached || (!heldBack && now - lastThrottled >= QUIET.toNanos());
    }
}
