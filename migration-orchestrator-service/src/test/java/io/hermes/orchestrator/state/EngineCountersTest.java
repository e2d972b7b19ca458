package io.hermes.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hermes.orchestrator.item.Attempt;
import io.hermes.orchestrator.item.Attempts;
import io.hermes.orchestrator.testing.EngineTest;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is committed is counted once, and nothing else. */
@QuarkusTest
class EngineCountersTest extends EngineTest {

    private static final CounterChange TWO_MIGRATED_ONE_FAILED =
            new CounterChange(0, -3, 0, 0, 2, 1, 0, 0, -30, 20, 10, 0, 1, 0);

    @Inject
    Accounts accounts;

    @Inject
    Attempts attempts;

    @Inject
    MeterRegistry meters;

    @Test
    void documentsAreCountedWhenTheyAreCommitted() {
        // Given
        long job = heldJob(5);
        double completed = items("completed");
        double failed = items("failed");

        // When
        inTransaction(tx ->
                locks.lock(tx, job).chain(locked -> accounts.book(tx, locked.orElseThrow(), TWO_MIGRATED_ONE_FAILED)));

        // Then
        assertThat(items("completed")).isEqualTo(completed + 2);
        assertThat(items("failed")).isEqualTo(failed + 1);
    }

    @Test
    void whatIsRolledBackIsNotCounted() {
        // Given
        long job = heldJob(5);
        double completed = items("completed");

        // When
        assertThatThrownBy(() -> inTransaction(tx -> locks.lock(tx, job)
                        .chain(locked -> accounts.book(tx, locked.orElseThrow(), TWO_MIGRATED_ONE_FAILED))
                        .chain(() -> Uni.createFrom().failure(new IllegalArgumentException("changed my mind")))))
                .isInstanceOf(IllegalArgumentException.class);

        // Then
        assertThat(counters(job)).isEqualTo("5 5 0 0 0 0 0");
        assertThat(items("completed")).isEqualTo(completed);
    }

    @Test
    void attemptsAreCountedByCodeAndACodeOfTomorrowMakesNoLabel() {
        // Given
        long job = heldJob(1);
        double denied = errors("destination", "DEST_PERMISSION_DENIED");
        double lost = errors("platform", "WORKER_LOST");
        double other = errors("platform", "OTHER");

        // When
        inTransaction(tx -> attempts.append(
                tx, List.of(attempt(job, "DEST_PERMISSION_DENIED"), attempt(job, null), attempt(job, "MOON_PHASE"))));

        // Then
        assertThat(errors("destination", "DEST_PERMISSION_DENIED")).isEqualTo(denied + 1);
        assertThat(errors("platform", "WORKER_LOST")).isEqualTo(lost + 1);
        assertThat(errors("platform", "OTHER")).isEqualTo(other + 1);
        update("DELETE FROM migration_attempts WHERE migration_job_id = ?", job);
    }

    @Test
    void whatWillBeRepeatedIsCountedByCode() {
        // Given
        long job = heldJob(1);
        double timeouts = retries("TIMEOUT");
        double denied = retries("DEST_PERMISSION_DENIED");
        double other = retries("OTHER");

        // When
        inTransaction(tx -> attempts.append(
                tx,
                List.of(
                        attempt(job, "TIMEOUT", true),
                        attempt(job, "DEST_PERMISSION_DENIED", false),
                        attempt(job, "MOON_PHASE", true))));

        // Then
        assertThat(retries("TIMEOUT")).isEqualTo(timeouts + 1);
        assertThat(retries("DEST_PERMISSION_DENIED")).isEqualTo(denied);
        assertThat(retries("OTHER")).isEqualTo(other + 1);
        update("DELETE FROM migration_attempts WHERE migration_job_id = ?", job);
    }

    /** Jobs of other tests may end meanwhile, which is why more than these may be counted. */
    @Test
    void aJobIsCountedInEveryStatusThatItEnters() {
        // Given
        long job = job(UUID.randomUUID(), UUID.randomUUID(), "");
        update(
                "UPDATE migration_job_progress SET planning_done = true, scanned = 1, waiting = 1 WHERE job_id = ?",
                job);
        double running = jobs("running");
        double cancelled = jobs("cancelled");
        long ended = meters.get("hermes.migration.duration").timer().count();

        // When
        start(job);
        cancel(job);

        // Then
        assertThat(status(job)).isEqualTo("cancelled");
        assertThat(jobs("running")).isGreaterThanOrEqualTo(running + 1);
        assertThat(jobs("cancelled")).isGreaterThanOrEqualTo(cancelled + 1);
        assertThat(meters.get("hermes.migration.duration").timer().count()).isGreaterThan(ended);
    }

    /** Nothing of it is dispatched, because it is to pause once its (imaginary) document in flight has ended. */
    private long heldJob(int items) {
        return plannedJob(items, "dispatch_window = 1, pending_action = 'pause'");
    }

    private static Attempt attempt(long job, String code) {
        return attempt(job, code, false);
    }

    private static Attempt attempt(long job, String code, boolean again) {
        return new Attempt(job, 1, 1, 1, "w", code == null ? "lost" : "failed", code, "no", 1L, again);
    }

    private double items(String status) {
        return meters.get("hermes.migration.items")
                .tag("status", status)
                .counter()
                .count();
    }

    private double jobs(String status) {
        return meters.get("hermes.migration.jobs")
                .tag("status", status)
                .counter()
                .count();
    }

    private double retries(String code) {
        return meters.counter("hermes.migration.retries", "code", code).count();
    }

    private double validations(String result) {
        return meters.get("hermes.migration.validation")
                .tag("result", result)
                .counter()
                .count();
    }

    private double errors(String origin, String code) {
        return meters.counter("hermes.migration.errors", "origin", origin, "code", code)
                .count();
    }
}
