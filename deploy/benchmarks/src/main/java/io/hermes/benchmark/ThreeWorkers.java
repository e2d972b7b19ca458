package io.hermes.benchmark;

import io.hermes.benchmark.corpus.Corpus;
import io.hermes.benchmark.place.Place;
import io.hermes.benchmark.report.Result;
import io.hermes.benchmark.suite.Suite;
import io.hermes.stack.LocalStack;
import io.hermes.stack.StackDescription;
import io.hermes.stack.StackDescription.S3Node;
import io.hermes.stack.StackFailure;
import io.hermes.stack.StackPlan;
import io.hermes.stack.layout.StackDirectory;
import io.hermes.storage.testing.FaultProxy;
import io.hermes.storage.testing.Faults;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What two more workers bring where waiting for the store is what takes the time. A stack with one worker and one with three run at once and
 * move the same documents to the same store in turns; whichever is not measured has nothing to do. The job allows more at once than either has
 * slots.
 */
record ThreeWorkers(Path home, WarmUp warmUp, int rounds) {

    private static final int WORKERS = 3;
    private static final int SLOTS = 16;

    /** Of each answer. */
    private static final Duration LATENCY = Duration.ofMillis(100);

    /** In all workers together: a worker gets its share of it. */
    private static final int CONCURRENCY = WORKERS * SLOTS;

    private static final String ONE = "one worker";
    private static final String THREE = "three workers";

    /** What the report says of it. */
    static String terms() {
        return "for three-workers: HERMES_WORKER_SLOTS=%d, \"concurrency\": %d, a store that answers after %d ms; no peer"
                .formatted(SLOTS, CONCURRENCY, LATENCY.toMillis());
    }

    /**
     * Measures.
     *
     * @param small what warms
     * @param few what is moved
     */
    Result run(Corpus small, Corpus few) throws Exception {
        StackDirectory first = new StackDirectory(home.resolve("three-workers"));
        StackDirectory second = new StackDirectory(home.resolve("one-worker"));
        try (LocalStack many = start(first, WORKERS);
                LocalStack single = start(second, 1);
                FaultProxy late = FaultProxy.before(many.description().s3().endpoint())) {
            late.on(io.hermes.storage.testing.Requests.all(), Faults.delay(LATENCY));
            S3Node store = many.description().s3();
            Places places = Places.of(home.resolve("workers"), first, store);
            Mover three = mover(THREE, many, store);
            Mover one = mover(ONE, single, store);
            double unused = warmUp.forWorkers(WORKERS).of(three, places, small)
                    + warmUp.forWorkers(1).of(one, places, small);
            return new Duel(places.through(late.endpoint()), List.of(three, one), ONE)
                    .run(Scenario.THREE_WORKERS, new Place.Folder(few.folder()), rounds);
        }
    }

    private static LocalStack start(StackDirectory directory, int workers) throws IOException, StackFailure {
        StackPlan plan = StackPlan.ofWorkers(workers).with("HERMES_WORKER_SLOTS", Integer.toString(SLOTS));
        return LocalStack.start(directory, plan, line -> {});
    }

    private static Mover mover(String name, LocalStack stack, S3Node store) {
        StackDescription description = stack.description().with(store);
        return new Hermes(name, new Suite(description, CONCURRENCY));
    }
}
