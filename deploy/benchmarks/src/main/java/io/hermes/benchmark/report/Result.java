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
 * @param mover whose ratio is told
 * @param against whom it is compared with
 * @param moved what each run moved
 * @param runs of each mover, in their order
 */
public record Result(String scenario, String mover, String against, Contents moved, Map<String, List<Run>> runs) {

    /** Median seconds of one of them, NaN where it did not run. */
    public double seconds(String who) {
        return Medians.of(runs.getOrDefault(who, List.of()), Run::seconds);
    }

    /** How many times as fast as the other the mover was: above 1 it is faster. NaN where one of them did not run. */
    public double ratio() {
        return seconds(against) / seconds(mover);
    }
}
