package io.hermes.benchmark;

import io.hermes.benchmark.measure.Run;
import io.hermes.benchmark.place.Contents;
import io.hermes.benchmark.place.Place;
import io.hermes.benchmark.report.Result;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One scenario, by all movers in turns: each begins as often as the other, since the second finds files in the page cache. */
final class Duel {

    private final Places places;
    private final List<Mover> movers;
    private final String against;
    private final Map<String, List<Run>> runs = new TreeMap<>();

    /**
     * @param movers the first is the one whose ratio is told
     * @param against the name of the one that it is compared with, which may be missing
     */
    Duel(Places places, List<Mover> movers, String against) {
        this.places = places;
        this.movers = movers;
        this.against = against;
        movers.forEach(mover -> runs.put(mover.name(), new ArrayList<>()));
    }

    /** Measures so many pairs. */
    Result run(Scenario scenario, Place source, int pairs) throws Exception {
        Map<Mover, Place> filled = scenario == Scenario.SECOND_PASS ? filled(scenario, source) : Map.of();
        for (int pair = 0; pair < pairs; pair++) {
            for (Mover mover : pair % 2 == 0 ? movers : movers.reversed()) {
                Place destination = filled.containsKey(mover) ? filled.get(mover) : places.fresh(scenario.to());
                runs.get(mover.name()).add(checked(mover, scenario, source, destination));
                if (scenario.isBig()) {
                    places.free(destination);
                }
            }
        }
        return new Result(scenario.label(), movers.getFirst().name(), against, source.contents(), runs);
    }

    /** Each finds what it has written itself. */
    private Map<Mover, Place> filled(Scenario scenario, Place source) throws Exception {
        Map<Mover, Place> filled = new java.util.HashMap<>();
        for (Mover mover : movers) {
            Place destination = places.fresh(scenario.to());
            Run unused = checked(mover, scenario, source, destination);
            filled.put(mover, destination);
        }
        return filled;
    }

    private static Run checked(Mover mover, Scenario scenario, Place source, Place destination) throws Exception {
        Run run = mover.copy(scenario, source, destination);
        Contents wanted = source.contents();
        Contents arrived = destination.contents();
        if (!arrived.equals(wanted)) {
            throw new IOException("%s left %s of %s in %s".formatted(mover.name(), arrived, wanted, scenario.label()));
        }
        System.out.printf("  %-22s %-13s %8.2f s%n", scenario.label(), mover.name(), run.seconds());
        return run;
    }
}
