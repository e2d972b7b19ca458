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
import io.hermes.systemtests.fault.storage.Choice;
import io.hermes.systemtests.oracle.Balance;
import io.hermes.systemtests.oracle.Books;
import io.hermes.systemtests.oracle.Changes;
import io.hermes.systemtests.oracle.FinalLook;
import io.hermes.systemtests.oracle.Findings;
import io.hermes.systemtests.oracle.Watch;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;

/** One job that suffers faults, watched while it runs and judged when it is over. */
final class Trial implements AutoCloseable {

    private static final Duration FAULTS_LIMIT = Duration.ofMinutes(8);
    /** I11: a lease, the sweeps that notice, the retries that follow, and the work that is left. */
    private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(4);

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int FEWEST_LOOKS = 10;
    private static final Duration LOOKS_LIMIT = Duration.ofMinutes(1);

    private final Seed seed = Seed.ofRun();
    private final List<Fault> faults = new ArrayList<>();
    private final Findings findings = new Findings();
    private final Changes changes = new Changes();
    private final String name;
    private final Corpus corpus;
    private final Route route;
    private final Job job;
    private final Books books;
    private final Respite respite;
    private Duration faultsLimit = FAULTS_LIMIT;
    private Duration recoveryLimit = RECOVERY_LIMIT;

    private Trial(String name, Corpus corpus, Route route, Job job, Books books) {
        this.name = name;
        this.corpus = corpus;
        this.route = route;
        this.job = job;
        this.books = books;
        this.respite = new Respite(books, corpus.manifest().size());
        route.proxy().on(route.documents(), new Pace(corpus.manifest().size(), this::suffered));
    }

    /** Writes the documents and makes a job that copies them into a bucket. */
    static Trial copying(Stage stage, String name, int documents) throws IOException, InterruptedException {
        Corpus corpus = Corpus.write(name, documents, Seed.ofRun());
        Route route = Route.toBucket(stage.description(), name, corpus.folder());
        return along(stage, name, corpus, route, Job.Terms.USUAL);
    }

    /** Makes a job that copies these documents this way. */
    static Trial along(Stage stage, String name, Corpus corpus, Route route, Job.Terms terms)
            throws IOException, InterruptedException {
        Rest orchestrator = new Rest(
                stage.description().orchestrator().url(), stage.description().token());
        Job job = Job.create(orchestrator, name, route, terms);
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

    Corpus corpus() {
        return corpus;
    }

    Route route() {
        return route;
    }

    /** What is done to the stores on purpose, to be noted before it is done. */
    Changes changes() {
        return changes;
    }

    /** For a job that is larger than usual. */
    Trial within(Duration faultsAtMost, Duration recoveryAtMost) {
        faultsLimit = faultsAtMost;
        recoveryLimit = recoveryAtMost;
        return this;
    }

    /** This deed shall be done so often while documents are in flight. */
    Trial suffers(String fault, int times, Blows.Pauses pauses, Blow blow) {
        faults.add(new Blows(fault, times, pauses, seed.of(name + fault), respite::ends, blow));
        return this;
    }

    /** These requests shall go wrong, at least so many. */
    Trial suffers(String fault, int times, Requests requests, io.hermes.storage.testing.Fault inTheProxy) {
        faults.add(new Disturbance(fault, times, route.proxy(), requests, inTheProxy));
        return this;
    }

    /** This shall happen as often as it says of itself. */
    Trial suffers(Fault fault) {
        faults.add(fault);
        return this;
    }

    /** Starts the job, lets the faults happen, then waits for the job's end and judges. */
    Trial run() throws Exception {
        long begin = System.nanoTime();
        try (Watch watch = watch()) {
            startUnderFaults();
            endFaults(patiently(faultsLimit)
                    .until(
                            books::balance,
                            now -> now.isOver() || faults.stream().noneMatch(Fault::isOwed)));
            awaitEnd(begin, watch);
        }
        return judge();
    }

    /** The same for a job that its faults make fail, for this reason; when they are over, it is retried and must make up for it. */
    Trial runToFailureAndRetry(String reason) throws Exception {
        long begin = System.nanoTime();
        try (Watch watch = watch()) {
            startUnderFaults();
            endFaults(patiently(faultsLimit).until(books::balance, Balance::isOver));
            assertThat(job.shown().path("status").asText()).isEqualTo("failed");
            assertThat(job.shown().path("statusReason").asText()).startsWith(reason);
            job.retry();
            awaitEnd(begin, watch);
        }
        return judge();
    }

    private Watch watch() {
        return new Watch(
                books, corpus.manifest(), route.source(), route.destination(), changes, seed.of(name), findings);
    }

    private void startUnderFaults() throws IOException, InterruptedException {
        faults.forEach(Fault::begin);
        job.start();
    }

    private void endFaults(Balance last) {
        faults.forEach(Fault::end);
        faults.forEach(fault -> System.out.println("  " + fault.name() + ": " + fault.struck() + " times"));
        assertThat(faults)
                .as("faults that did not happen, so that nothing is proven; %s", last)
                .noneMatch(Fault::isOwed);
    }

    /** A short job may be over before the verifier has looked often enough; what it left is looked at as often. */
    private void awaitEnd(long begin, Watch watch) throws SQLException {
        Balance end = patiently(recoveryLimit).until(books::balance, Balance::isOver);
        System.out.printf(
                "%s: %s after %d s, %d looks, %s%n",
                name,
                end.counters(),
                Duration.ofNanos(System.nanoTime() - begin).toSeconds(),
                watch.looks(),
                books.troubles());
        await("moments judged").atMost(LOOKS_LIMIT).until(() -> watch.looks() >= FEWEST_LOOKS);
    }

    /** Everything against everything, once more. */
    Trial judge() throws SQLException, IOException {
        new FinalLook(corpus.manifest(), route.source(), route.destination(), books, changes).judge(findings);
        assertThat(findings.all())
                .as("what the verifier found; to repeat: %s", seed)
                .isEmpty();
        return this;
    }

    /** Every document arrived, and no attempt was charged to any: an outage is not the document's fault (I12). */
    void assertAllArrivedUncharged() throws SQLException {
        assertAllArrived();
        assertThat(books.items()).as("attempts charged to documents").allMatch(item -> item.attempts() == 0);
    }

    /** Every document arrived, at whichever attempt. */
    void assertAllArrived() throws SQLException {
        assertThat(job.shown().path("outcome").asText()).isEqualTo("success");
        assertThat(job.progress().path("migrated").asLong(-1))
                .as("migrated, by the API")
                .isEqualTo(corpus.manifest().size());
        assertThat(books.items()).allMatch(item -> item.status().equals("completed"));
    }

    /** Every document arrived; these at the attempt after a first one, which ended like this, and all others at the first. */
    void assertAllArrivedChargedTo(Choice chosen, String code) throws SQLException {
        assertAllArrived();
        assertThat(books.items())
                .allSatisfy(item -> assertThat(item.attempts())
                        .as("attempts charged to %s", item)
                        .isEqualTo(chosen.keys().contains(item.key()) ? chosen.times() : 0));
        assertThat(books.troubles()).containsEntry("failed " + code, (long) chosen.strikes());
    }

    /** These failed like this, and nothing of them is at the destination; all others arrived. */
    void assertFailed(Choice chosen, String code) throws SQLException, IOException {
        assertRefused(chosen, code);
        assertThat(route.destination().keys()).doesNotContainAnyElementsOf(chosen.keys());
    }

    /** These failed like this, whatever is at the destination; all others arrived. */
    void assertRefused(Choice chosen, String code) throws SQLException {
        assertThat(job.shown().path("outcome").asText()).isEqualTo("partial");
        assertThat(books.items()).allSatisfy(item -> {
            boolean failed = chosen.keys().contains(item.key());
            assertThat(item.status()).as("%s", item).isEqualTo(failed ? "failed" : "completed");
            assertThat(item.errorCode()).as("%s", item).isEqualTo(failed ? code : "");
        });
    }

    private static ConditionFactory patiently(Duration limit) {
        return await().atMost(limit).pollInterval(POLL).ignoreExceptionsInstanceOf(SQLException.class);
    }

    @Override
    public void close() {
        route.proxy().close();
    }
}
