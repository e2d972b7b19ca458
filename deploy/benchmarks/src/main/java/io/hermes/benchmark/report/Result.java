package io.hermes.benchmark.report;

import io.hermes.benchmark.measure.Medians;
import io.hermes.benchmark.measure.Run;
import io.hermes.benchmark.place.Contents;
import java.util.List;
import java.util.Map;

/**
 * What one scenario gave.
 *
 * @param scenario its label
 * @param moved what each run moved
 * @param runs of each mover, in their order
 */
public record Result(String scenario, Contents moved, Map<String, List<Run>> runs) {

    /** Median seconds of this mover, NaN where it did not run. */
    public double seconds(String mover) {
        return Medians.of(runs.getOrDefault(mover, List.of()), Run::seconds);
    }

    /** How many times as fast as the other the one was: above 1 it is faster. NaN where one of them did not run. */
    public double ratio(String mover, String other) {
        return seconds(other) / seconds(mover);
    }
}
