package io.hermes.benchmark;

import io.hermes.benchmark.corpus.Corpus;
import io.hermes.benchmark.measure.Run;
import io.hermes.benchmark.peer.Rclone;
import io.hermes.benchmark.place.Place;
import io.hermes.benchmark.report.Load;
import io.hermes.benchmark.report.Machine;
import io.hermes.benchmark.report.Report;
import io.hermes.benchmark.report.Result;
import io.hermes.benchmark.suite.ControlPlane;
import io.hermes.benchmark.suite.Suite;
import io.hermes.stack.LocalStack;
import io.hermes.stack.StackPlan;
import io.hermes.stack.layout.StackDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code ./mvnw -Pbenchmark}: starts a stack, lets ours and the peer do the same in turns, and reports. Writes below the build folder. */
public final class Benchmark {

    /** So many that ours looks at what it has written by listing it, as it does for more than a thousand. */
    private static final int FEW = 2_000;

    private static final double QUIET = 0.5;

    private final Path home = Path.of(System.getProperty("benchmark.home", "deploy/benchmarks/target/benchmark"))
            .toAbsolutePath();
    private final Plan plan;

    private Benchmark(Plan plan) {
        this.plan = plan;
    }

    /** Ends the JVM with code 1 when something could not be measured. */
    public static void main(String[] arguments) {
        int code = 1;
        try {
            new Benchmark(Plan.ofProperties()).run();
            code = 0;
        } catch (Exception failure) {
            System.err.println("\nThe benchmark cannot go on: " + failure.getMessage());
            failure.printStackTrace();
        }
        System.exit(code);
    }

    private void run() throws Exception {
        Machine machine = Machine.here();
        if (machine.loadBefore() > QUIET && !plan.keepGoing()) {
            throw new IOException(
                    ("something else keeps this machine busy (load %.2f); what is measured now says nothing."
                                    + " Wait, or say -Dbenchmark.keepGoing=true")
                            .formatted(machine.loadBefore()));
        }
        Ground ground = new Ground(home);
        ground.prepare(plan.keepGoing());
        Optional<Rclone> rclone = Rclone.installed(home.resolve("rclone"), plan.transfers());
        String peer = rclone.isPresent()
                ? rclone.get().version().orElseThrow()
                : "none, because rclone is not installed (apt-get install rclone)";
        System.out.println("Peer: " + peer);
        Corpus small = Corpus.small(home.resolve("small"), plan.documents(), plan.seed());
        System.out.printf("%d documents, %.1f MB%n", small.documents(), small.bytes() / 1e6);

        if (plan.train()) {
            train(small);
        }
        Corpus few = Corpus.small(home.resolve("few"), Math.min(FEW, plan.documents()), plan.seed() + 1);
        WarmUp warmUp = WarmUp.before(plan.scenarios(), plan.warmUp());
        double cold;
        List<Result> results;
        Map<String, Map<String, Double>> requests;
        List<Load> loads;
        StackDirectory directory = new StackDirectory(home.resolve("stack"));
        try (LocalStack stack = LocalStack.start(directory, StackPlan.ofWorkers(1), line -> {})) {
            Suite suite = new Suite(stack.description(), plan.transfers());
            Places places = Places.of(
                    home.resolve("places"), directory, stack.description().s3());
            Hermes ours = new Hermes(suite);
            List<Mover> movers = new ArrayList<>(List.of(ours));
            rclone.ifPresent(program -> movers.add(new Peer(program, suite)));

            cold = warmUp.of(ours, places, small);
            results = duels(places, movers, small);
            requests = new Requests(places, movers).count(few);
            loads = loads(suite, places);
        }
        if (plan.scenarios().contains(Scenario.THREE_WORKERS)) {
            results.add(new ThreeWorkers(home, warmUp, plan.pairs()).run(small, few));
        }
        Report report = new Report(plan.isFull(), machine, peer, commands(rclone), cold, results, requests, loads);
        report.write(home);
        ground.clear();
        System.out.println("The report is in " + home.resolve("results.md"));
        System.out.println(report.ratios());
    }

    /** Has one start and one job recorded; what is measured begins with that. */
    private void train(Corpus small) throws Exception {
        System.out.println("Recording the services");
        StackDirectory directory = new StackDirectory(home.resolve("recorded"));
        LocalStack stack = LocalStack.start(directory, StackPlan.ofWorkers(1).recording(), line -> {});
        try (stack) {
            Hermes ours = new Hermes(new Suite(stack.description(), plan.transfers()));
            Places places =
                    Places.of(directory.root(), directory, stack.description().s3());
            Run unused = ours.copy(
                    Scenario.SMALL_LOCAL_S3, new Place.Folder(small.folder()), places.fresh(Scenario.Kind.BUCKET));
        }
        stack.keepRecordings();
    }

    private List<Result> duels(Places places, List<Mover> movers, Corpus small) throws Exception {
        List<Result> results = new ArrayList<>();
        Place.Folder folder = new Place.Folder(small.folder());
        Place bucket = inBucket(places, movers, Scenario.SMALL_LOCAL_S3, folder);
        Optional<Corpus> big = plan.scenarios().stream().anyMatch(Scenario::isBig)
                ? Optional.of(Corpus.big(home.resolve("big"), plan.bigBytes(), plan.seed()))
                : Optional.empty();
        Optional<Place> bigBucket = Optional.empty();
        for (Scenario scenario : Arrays.stream(Scenario.values())
                .filter(plan.scenarios()::contains)
                .filter(Scenario::isDuel)
                .toList()) {
            Place source = scenario.from() == Scenario.Kind.FOLDER ? folder : bucket;
            if (scenario.isBig()) {
                Place.Folder bigFolder = new Place.Folder(big.orElseThrow().folder());
                if (bigBucket.isEmpty()) {
                    bigBucket = Optional.of(inBucket(places, movers, Scenario.BIG_LOCAL_S3, bigFolder));
                }
                source = scenario.from() == Scenario.Kind.FOLDER ? bigFolder : bigBucket.get();
            }
            results.add(new Duel(places, movers, Rclone.NAME).run(scenario, source, plan.pairs()));
        }
        return results;
    }

    /** The source of what goes on from a bucket, placed by the peer where there is one, so that ours finds nothing of its own. */
    private static Place inBucket(Places places, List<Mover> movers, Scenario scenario, Place folder) throws Exception {
        Place bucket = places.fresh(Scenario.Kind.BUCKET);
        Run unused = movers.getLast().copy(scenario, folder, bucket);
        return bucket;
    }

    private List<Load> loads(Suite suite, Places places) throws Exception {
        List<Load> loads = new ArrayList<>();
        for (int items : plan.controlPlane()) {
            Corpus empty = Corpus.empty(home.resolve("empty-" + items), items);
            Corpus arrived = Corpus.empty(home.resolve("arrived-" + items), items);
            Run run = new ControlPlane(suite)
                    .run(new Place.Folder(empty.folder()), new Place.Folder(arrived.folder()), items);
            Load load = new Load(items, run);
            System.out.printf("  control plane alone    %9d items %8.2f s", items, run.seconds());
            run.costs().forEach(cost -> System.out.printf("  %s %.3f", cost.program(), load.cpuMillis(cost.program())));
            System.out.println(" ms an item");
            loads.add(load);
        }
        return loads;
    }

    private List<String> commands(Optional<Rclone> rclone) {
        List<String> commands = new ArrayList<>();
        String ours = "POST /api/v2/migrations/jobs {\"strategy\": \"copy\", \"concurrency\": %d, …}, POST …/start"
                .formatted(plan.transfers());
        String start = plan.train() ? "; the services start from the caches of a start that was recorded" : "";
        commands.add(ours + start);
        if (rclone.isPresent()) {
            commands.add("rclone copy FROM TO --transfers %d --checksum; for second-pass: rclone sync"
                    .formatted(plan.transfers()));
        }
        if (plan.scenarios().contains(Scenario.THREE_WORKERS)) {
            commands.add(ThreeWorkers.terms());
        }
        return commands;
    }
}
