package io.hermes.storage;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests, or answers of a kind, and knows how many there were in the last second. Counting is cheap: it stands in the path of every request. */
final class Meter {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LongAdder all = new LongAdder();
    private volatile long since;
    private long allBefore;
    private double rateBefore;

    Meter(long now) {
        since = now;
    }

    void count(long now) {
        if (now - since >= SECOND) {
            turn(now);
        }
        all.increment();
    }

    /** All requests so far. */
    long total() {
        return all.sum();
    }

    private synchronized void turn(long now) {
        if (now - since >= SECOND) {
            long total = all.sum();
            rateBefore = (total - allBefore) * (double) SECOND / (now - since);
            allBefore = total;
            since = now;
        }
    }

    /** Requests of the last second; of the second before that counts the part that lies within it. */
    synchronized double rate(long now) {
        double seconds = (now - since) / (double) SECOND;
        long recent = all.sum() - allBefore;
        return seconds < 1 ? recent + rateBefore * (1 - seconds) : recent / seconds;
    }
}
