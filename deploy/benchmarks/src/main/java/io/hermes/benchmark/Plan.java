package io.hermes.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one run of the benchmark does. Every component can be set with {@code -Dbenchmark.<name>=}.
 *
 * @param seed of the documents
 * @param documents of the small corpus
 * @param bigBytes size of the one big document
 * @param pairs how often ours and the peer are measured, in turns
 * @param warmUp documents that ours moves before anything is measured
 * @param controlPlane numbers of items that pass through the control plane alone
 * @param transfers documents that are moved at once, by ours and by the peer
 * @param scenarios the ones that are measured
 * @param train {@code true} has the services recorded before, so that the start which is measured has the caches of their JVMs
 * @param keepGoing {@code true} measures on when something else keeps the machine busy; the report says so
 */
record Plan(
        long seed,
        int documents,
        long bigBytes,
        int pairs,
        int warmUp,
        List<Integer> controlPlane,
        int transfers,
        Set<Scenario> scenarios,
        boolean train,
        boolean keepGoing) {

    /** Fewer than the target asks for make a smoke test, no figure. */
    static final int FEWEST_PAIRS = 5;

    static Plan ofProperties() {
        return new Plan(
                Long.getLong("benchmark.seed", 89),
                Integer.getInteger("benchmark.documents", 10_000),
                Long.getLong("benchmark.bigBytes", 1L << 30),
                Integer.getInteger("benchmark.pairs", FEWEST_PAIRS),
                Integer.getInteger("benchmark.warmUp", 50_000),
                words("benchmark.controlPlane", "100000,1000000").stream()
                        .map(Integer::valueOf)
                        .toList(),
                Integer.getInteger("benchmark.transfers", 32),
                words("benchmark.scenarios", "all").stream()
                        .flatMap(word -> Scenario.named(word).stream())
                        .collect(Collectors.toSet()),
                Boolean.getBoolean("benchmark.train"),
                Boolean.getBoolean("benchmark.keepGoing"));
    }

    /** Whether its figures may be told to anybody. */
    boolean isFull() {
        return pairs >= FEWEST_PAIRS && warmUp >= 50_000 && documents >= 10_000 && bigBytes >= 1L << 30;
    }

    private static List<String> words(String property, String unset) {
        return Arrays.stream(System.getProperty(property, unset).split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
