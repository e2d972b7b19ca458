package io.hermes.benchmark.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what programs that run on have cost, from the meter's making until it is read. */
public final class Meter {

    private final Map<String, ProcessTree> programs = new TreeMap<>();
    private final Map<String, Double> before = new TreeMap<>();

    private Meter(Map<String, Long> pids) {
        pids.forEach((program, pid) -> programs.put(program, new ProcessTree(pid)));
        programs.values().forEach(ProcessTree::forgetPeak);
        programs.forEach((program, tree) -> before.put(program, tree.cpuSeconds()));
    }

    /** Begins. */
    public static Meter on(Map<String, Long> pids) {
        return new Meter(pids);
    }

    /** What each has cost since. */
    public List<Usage> read() {
        List<Usage> costs = new ArrayList<>();
        programs.forEach((program, tree) ->
                costs.add(new Usage(program, tree.cpuSeconds() - before.get(program), tree.peakBytes())));
        return costs;
    }
}
