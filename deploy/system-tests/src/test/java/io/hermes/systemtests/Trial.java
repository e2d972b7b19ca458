package io.hermes.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.storage.testing.FaultProxy;
import io.hermes.storage.testing.Requests;
import io.hermes.systemtests.fault.Blow;
import io.hermes.systemtests.fault.Blows;
import io.hermes.systemtests.fault.Disturbance;
import io.hermes.systemtests.fault.Fault;
import io.hermes.systemtests.fault.Freeze;
import io.hermes.systemtests.fault.Processes;
import io.hermes.systemtests.fault.Victim;
import io.hermes.systemtests.oracle.Balance;
import io.hermes.systemtests.oracle.Books;
import io.hermes.systemtests.oracle.FinalLook;
import io.hermes.systemtests.oracle.Findings;
import io.hermes.systemtests.oracle.Watch;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;

/** One job that suffers faults, watched while it runs and judged when it is over. */
final class Trial implements AutoCloseable {

    private static final Duration FAULTS_LIMIT = Duration.ofSeconds(240);
    /** I11: a lease, the sweeps that notice, the retries that follow, and the work that is left. */
    private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(90);

    private static final Duration POLL = Duration.ofMillis(50);
    private static final int FEWEST_LOOKS = 10;

    private final Seed seed = Seed.ofRun();
    private final List<Fault> faults = new ArrayList<>();
    private final Findings findings = new Findings();
    private final String name;
    private final Corpus corpus;
    private final Route route;
    private final Job job;
    private final Books books;

    private Trial(String name, Corpus corpus, Route route, Job job, Books books) {
        this.name = name;
        this.corpus = corpus;
        this.route = route;
        this.job = job;
        this.books = books;
        route.proxy().on(Requests.of("PUT"), new Pace(corpus.manifest().size(), this::suffered));
    }

    /** Writes the documents and starts a job that copies them into a bucket. */
    static Trial copying(Stage stage, String name, int documents) throws IOException, InterruptedException {
        Corpus corpus = Corpus.write(name, documents, Seed.ofRun());
        Route route = Route.toBucket(stage.description(), name, corpus.folder());
        Rest orchestrator = new Rest(
                stage.description().orchestrator().url(), stage.description().token());
        Job job = Job.start(orchestrator, name, route);
        Books books = new Books(stage.description().postgres(), job.id());
        return new Trial(name, corpus, route, job, books);
    }

    private double suffered() {
        double struck = faults.stream()
                .mapToInt(fault -> Math.min(fault.struck(), fault.wanted()))
                .sum();
        int wanted = faults.stream().mapToInt(Fault::wanted).sum();
        return wanted == 0 ? 1 : struck / wanted;
    }

    /** Stops a worker beyond its leases, so that others take over what it holds, and lets it go on as if nothing had been. */
    Blow freezing(Processes processes, Victim... workers) {
        return new Freeze(processes, books, List.of(workers));
    }

    FaultProxy proxy() {
        return route.proxy();
    }

    Books books() {
        return books;
    }

    Job job() {
        return job;
    }

    /** This deed shall be done so often while documents are in flight. */
    Trial suffers(String fault, int times, Blows.Pauses pauses, Blow blow) {
        faults.add(new Blows(fault, times, pauses, seed.of(name + fault), this::isAtWork, blow));
        return this;
    }

    /** These requests shall go wrong, at least so many. */
    Trial suffers(String fault, int times, Requests requests, io.hermes.storage.testing.Fault inTheProxy) {
        faults.add(new Disturbance(fault, times, route.proxy(), requests, inTheProxy));
        return this;
    }

    private boolean isAtWork() {
        try {
            return books.balance().inFlight() > 0;
        } catch (SQLException away) {
            return false;
        }
    }

    /** Lets the faults happen, then waits for the job's end and judges. */
    Trial run() throws SQLException, IOException {
        long begin = System.nanoTime();
        try (Watch watch =
                new Watch(books, corpus.manifest(), route.source(), route.destination(), seed.of(name), findings)) {
            faults.forEach(Fault::begin);
            Balance last = patiently(FAULTS_LIMIT)
                    .until(
                            books::balance,
                            now -> now.isOver() || faults.stream().noneMatch(Fault::isOwed));
            faults.forEach(Fault::end);
            faults.forEach(fault -> System.out.println("  " + fault.name() + ": " + fault.struck() + " times"));
            assertThat(faults)
                    .as("faults that did not happen, so that nothing is proven; %s", last)
                    .noneMatch(Fault::isOwed);
            Balance end = patiently(RECOVERY_LIMIT).until(books::balance, Balance::isOver);
            System.out.printf(
                    "%s: %s after %d s, %d looks%n",
                    name,
                    end.counters(),
                    Duration.ofNanos(System.nanoTime() - begin).toSeconds(),
                    watch.looks());
            assertThat(watch.looks()).as("moments judged").isGreaterThanOrEqualTo(FEWEST_LOOKS);
        }
        new FinalLook(corpus.manifest(), route.source(), route.destination(), books, Map.of()).judge(findings);
        assertThat(findings.all())
                .as("what the verifier found; to repeat: %s", seed)
                .isEmpty();
        return this;
    }

    /** Every document arrived, and no attempt was charged to any: an outage is not the document's fault (I12). */
    void assertAllArrivedUncharged() throws SQLException {
        assertThat(job.shown().path("outcome").asText()).isEqualTo("success");
        assertThat(job.progress().path("migrated").asLong(-1))
                .as("migrated, by the API")
                .isEqualTo(corpus.manifest().size());
        assertThat(books.items())
                .as("attempts charged to documents")
                .allMatch(item -> item.attempts() == 0)
                .allMatch(item -> item.status().equals("completed"));
    }

    private static ConditionFactory patiently(Duration limit) {
        return await().atMost(limit).pollInterval(POLL).ignoreExceptionsInstanceOf(SQLException.class);
    }

    @Override
    public void close() {
        route.proxy().close();
    }
}
