package io.hermes.orchestrator.state;

import io.hermes.contract.event.ErrorCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.Nullable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What this replica has committed since it started. Everything is counted when its transaction is committed, and only then: a commit
 * whose confirmation was lost is not counted. Labels are words from closed sets, never ids.
 */
@ApplicationScoped
public class EngineCounters {

    private static final String OTHER = "OTHER";

    private final AfterCommit afterCommit;
    private final MeterRegistry meters;
    private final Map<JobStatus, Counter> jobs = new EnumMap<>(JobStatus.class);
    private final Counter planned;
    private final Counter completed;
    private final Counter failed;
    private final Counter skipped;
    private final Map<Boolean, Counter> validations;
    private final Timer duration;

    EngineCounters(AfterCommit afterCommit, MeterRegistry meters) {
        this.afterCommit = afterCommit;
        this.meters = meters;
        for (JobStatus status : JobStatus.values()) {
            jobs.put(status, counter("hermes.migration.jobs", "jobs that entered a status", status.word()));
        }
        this.planned = items("pending");
        this.completed = items("completed");
        this.failed = items("failed");
        this.skipped = items("skipped");
        this.validations = Map.of(true, validations("passed"), false, validations("failed"));
        this.duration = Timer.builder("hermes.migration.duration")
                .description("from the start of a job to its end, without pauses")
                .serviceLevelObjectives(List.of(
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(5),
                                Duration.ofMinutes(15),
                                Duration.ofHours(1),
                                Duration.ofHours(4),
                                Duration.ofHours(12),
                                Duration.ofDays(1),
                                Duration.ofDays(3))
                        .toArray(Duration[]::new))
                .register(meters);
    }

    /** A job was created and its transaction is committed. */
    public void jobCreated() {
        jobs.get(JobStatus.PENDING).increment();
    }

    /** A job enters a status. */
    void jobEntered(SqlConnection tx, JobStatus status) {
        afterCommit.run(tx, () -> jobs.get(status).increment());
    }

    /** A job has ended after this time; one that never started has none. */
    void jobTook(SqlConnection tx, @Nullable Long millis) {
        if (millis != null) {
            afterCommit.run(tx, () -> duration.record(Duration.ofMillis(Math.max(0, millis))));
        }
    }

    /** Documents are planned or ended. What is taken back by a retry is not counted down. */
    void booked(SqlConnection tx, Collection<CounterChange> changes) {
        List<CounterChange> kept = List.copyOf(changes);
        afterCommit.run(tx, () -> kept.forEach(this::count));
    }

    /**
     * Attempts ended badly.
     *
     * @param codes one for each; {@code null} for a worker that fell silent
     */
    public void attemptsFailed(SqlConnection tx, Collection<String> codes) {
        List<String> words = codes.stream()
                .map(code -> code == null ? ErrorCode.WORKER_LOST.name() : code)
                .toList();
        afterCommit.run(tx, () -> words.forEach(this::error));
    }

    /**
     * Some of them will be repeated, each after a wait.
     *
     * @param codes one for each
     */
    public void attemptsRepeated(SqlConnection tx, Collection<String> codes) {
        List<String> words = List.copyOf(codes);
        afterCommit.run(tx, () -> words.forEach(this::retry));
    }

    /** The look at the destination of a job is over. */
    public void validated(SqlConnection tx, boolean passed) {
        afterCommit.run(tx, () -> validations.get(passed).increment());
    }

    private void count(CounterChange change) {
        planned.increment(Math.max(0, change.scanned()));
        completed.increment(Math.max(0, change.migrated()));
        failed.increment(Math.max(0, change.failed()));
        skipped.increment(Math.max(0, change.skipped()));
    }

    /** A code that this version does not know is not made a label of. */
    private void error(String word) {
        Arrays.stream(ErrorCode.values())
                .filter(code -> code.name().equals(word))
                .findFirst()
                .ifPresentOrElse(
                        code -> error(code.origin().name(), code.name()),
                        () -> error(ErrorCode.INTERNAL.origin().name(), OTHER));
    }

    /** A code that this version does not know is not made a label of. */
    private void retry(String word) {
        boolean known =
                Arrays.stream(ErrorCode.values()).anyMatch(code -> code.name().equals(word));
        Counter.builder("hermes.migration.retries")
                .description("attempts that failed and will be repeated")
                .tag("code", known ? word : OTHER)
                .register(meters)
                .increment();
    }

    private void error(String origin, String code) {
        Counter.builder("hermes.migration.errors")
                .description("attempts that ended badly, outages and silent workers among them")
                .tag("origin", origin.toLowerCase(Locale.ROOT))
                .tag("code", code)
                .register(meters)
                .increment();
    }

    private Counter validations(String result) {
        return Counter.builder("hermes.migration.validation")
                .description("looks at the destination of a job that are over")
                .tag("result", result)
                .register(meters);
    }

    private Counter items(String status) {
        return counter("hermes.migration.items", "documents that entered a status", status);
    }

    private Counter counter(String name, String description, String status) {
        return Counter.builder(name)
                .description(description)
                .tag("status", status)
                .register(meters);
    }
}
