package io.hermes.stack.process;

import java.time.Duration;

/**
 * How long to wait before a child is started again. A child that had been running for a while is started at once; one that dies again
 * and again soon after its start waits longer each time, so that a broken one does not eat the machine.
 */
final class Backoff {

    private static final Duration SETTLED = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofMillis(250);
    private static final Duration CAP = Duration.ofSeconds(5);

    private int quickDeaths;

    /** The pause after a life of this length. */
    Duration afterLife(Duration life) {
        quickDeaths = life.compareTo(SETTLED) >= 0 ? 0 : quickDeaths + 1;
        if (quickDeaths <= 1) {
            return Duration.ZERO;
        }
        Duration pause = STEP.multipliedBy(1L << Math.min(quickDeaths - 2, 10));
        return pause.compareTo(CAP) < 0 ? pause : CAP;
    }

    /** Deaths in a row, each soon after a start. */
    int quickDeaths() {
        return quickDeaths;
    }
}
