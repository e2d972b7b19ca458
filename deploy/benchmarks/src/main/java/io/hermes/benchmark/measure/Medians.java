package io.hermes.benchmark.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Medians of runs: one run that something disturbed does not move them. */
public final class Medians {

    private Medians() {}

    /** @return the middle one, or the mean of the two in the middle; NaN of nothing */
    public static double of(List<Run> runs, ToDoubleFunction<Run> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
