package io.hermes.orchestrator.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.orchestrator.testing.EngineTest;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SweepTest extends EngineTest {

    private static final Offsets SOME = new Offsets("topic", Map.of(0, 5L));
    private static final Offsets LATER = new Offsets("topic", Map.of(0, 9L));

    @Inject
    LapsedLeases leases;

    @Test
    void whatASilentWorkerHeldIsReadyAgainUntilItIsGivenUp() {
        // Given
        long job = lapsed(
                "status = 'in_progress', reason = NULL, delivery_count = id % 2 * 10", "waiting = 0, in_progress = 2");

        // When
        sweep(job, new TaskTopic(SOME, SOME));

        // Then
        assertThat(counters(job)).isEqualTo("2 1 0 0 0 1 0").isEqualTo(counted(job));
        assertThat(text("SELECT error_code FROM migration_items WHERE migration_job_id = ? AND status = 'failed'", job))
                .isEqualTo("WORKER_LOST");
        assertThat(number(
                        "SELECT count(*) FROM migration_attempts WHERE migration_job_id = ? AND outcome = 'lost'", job))
                .isEqualTo(2);
    }

    @Test
    void aQueuedTaskIsSentAgainOnlyWhenTheWorkersHaveCommittedBeyondIt() {
        long job = lapsed("reason = 'queued'", "waiting = 0, queued = 2");

        sweep(job, new TaskTopic(LATER, LATER));
        assertThat(counters(job)).as("noted and renewed first").isEqualTo("2 0 2 0 0 0 0");

        lapse(job);
        sweep(job, new TaskTopic(LATER, SOME));
        assertThat(counters(job)).as("waiting is never punished").isEqualTo("2 0 2 0 0 0 0");

        lapse(job);
        sweep(job, new TaskTopic(LATER, LATER));
        assertThat(counters(job))
                .as("the workers have passed it")
                .isEqualTo("2 2 0 0 0 0 0")
                .isEqualTo(counted(job));
    }

    @Test
    void graceBeginsAnewWithEveryInterruption() {
        Grace grace = new Grace(java.time.Duration.ofNanos(100), 0);

        assertThat(grace.isOver(99)).isFalse();
        assertThat(grace.isOver(100)).isTrue();
        grace.interrupted(100);
        assertThat(grace.isOver(150)).isFalse();
    }

    private void sweep(long job, TaskTopic tasks) {
        inTransaction(tx -> leases.sweep(tx, job, tasks));
    }

    private long lapsed(String items, String counters) {
        long job = plannedJob(2, "");
        update("UPDATE migration_jobs SET status = 'paused' WHERE id = ?", job);
        update(
                "UPDATE migration_items SET epoch = 1, lease_until = now() - interval '1 second', " + items
                        + " WHERE migration_job_id = ?",
                job);
        update("UPDATE migration_job_progress SET " + counters + " WHERE job_id = ?", job);
        return job;
    }

    private void lapse(long job) {
        update("UPDATE migration_items SET lease_until = now() - interval '1 second' WHERE migration_job_id = ?", job);
    }
}
