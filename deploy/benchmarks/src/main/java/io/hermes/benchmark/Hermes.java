package io.hermes.benchmark;

import io.hermes.benchmark.measure.Meter;
import io.hermes.benchmark.measure.Run;
import io.hermes.benchmark.place.Place;
import io.hermes.benchmark.suite.Suite;
import io.hermes.benchmark.suite.Suite.Ended;
import io.hermes.cli.api.ApiFailure;
import java.util.HashMap;
import java.util.Map;

/** Ours. Providers are registered before the clock starts, as the peer's remotes are configured before. */
final class Hermes implements Mover {

    static final String NAME = "hermes";

    private final String name;
    private final Suite suite;
    private final Map<Place, String> providers = new HashMap<>();

    Hermes(Suite suite) {
        this(NAME, suite);
    }

    /** @param name in the report, where ours goes against ours */
    Hermes(String name, Suite suite) {
        this.name = name;
        this.suite = suite;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Run copy(Scenario scenario, Place from, Place to) throws ApiFailure, InterruptedException {
        String job = suite.create(provider(scenario, from, false), provider(scenario, to, true));
        Meter meter = Meter.on(suite.processes());
        Ended ended = suite.run(job);
        Run run = new Run(ended.seconds(), meter.read());
        ended.assertAllDone(from.contents().documents());
        return run;
    }

    private String provider(Scenario scenario, Place place, boolean writable) throws ApiFailure, InterruptedException {
        String known = providers.get(place);
        if (known == null) {
            known = suite.register(place, writable, scenario.durability());
            providers.put(place, known);
        }
        return known;
    }
}
