package io.hermes.storage.testing;

import io.hermes.storage.Clockwork;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** Time that passes when a test says so. What is due runs on the test's thread, in order, at its very nanosecond. */
public final class HandTurned implements Clockwork {

    private final Queue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::number));
    private long now = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();
    private long numbers;

    private record Due(long at, long number, Runnable task) {}

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized void after(long nanos, Runnable task) {
        // The clock begins shortly before it overflows, and the queue compares what has passed of it.
        due.add(new Due(passed() + nanos, numbers++, task));
    }

    private long passed() {
        return now - (Long.MAX_VALUE - Duration.ofSeconds(5).toNanos());
    }

    /** Lets so much time pass. */
    public void turn(Duration time) {
        long end = passed() + time.toNanos();
        for (Due next = next(end); next != null; next = next(end)) {
            next.task().run();
        }
        synchronized (this) {
            now += end - passed();
        }
    }

    private synchronized Due next(long end) {
        if (due.isEmpty() || due.peek().at() > end) {
            return null;
        }
        Due next = due.remove();
        now += Math.max(0, next.at() - passed());
        return next;
    }
}
