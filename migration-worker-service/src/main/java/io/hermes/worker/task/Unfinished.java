package io.hermes.worker.task;

import java.time.Duration;

/** Counts what has begun and not ended, for whoever must wait for the end. */
final class Unfinished {

    private int count;

    synchronized void begin() {
        count++;
    }

    synchronized void end() {
        count--;
        notifyAll();
    }

    synchronized int count() {
        return count;
    }

    /** Blocks until nothing is unfinished, at most this long; {@code false} if something still is. */
    synchronized boolean awaitNone(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            while (count > 0 && deadline - System.nanoTime() > 0) {
                wait(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return count == 0;
    }
}
