package io.hermes.benchmark.report;

import io.hermes.benchmark.measure.Run;
import io.hermes.benchmark.measure.Usage;

/**
 * The control plane alone.
 *
 * @param items that passed
 * @param run from the order to start until the job had ended
 */
public record Load(int items, Run run) {

    private static final int MILLIS = 1_000;

    /** Items a second. */
    public double rate() {
        return items / run.seconds();
    }

    /** What one item cost in programs whose names begin so, in milliseconds of CPU time; an empty name stands for all. */
    public double cpuMillis(String program) {
        return run.costs().stream()
                        .filter(cost -> cost.program().startsWith(program))
                        .mapToDouble(Usage::cpuSeconds)
                        .sum()
                * MILLIS
                / items;
    }
}
