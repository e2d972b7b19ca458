package io.hermes.orchestrator.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.orchestrator.job.Transition;
import io.hermes.orchestrator.testing.EngineTest;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DispatchTest extends EngineTest {

    @Inject
    Dispatcher dispatcher;

    @Test
    void theWindowIsFilledAndNotExceeded() {
        long job = plannedJob(100, "dispatch_window = 30");

        done(dispatcher.fill(job));
        done(dispatcher.fill(job));

        assertThat(counters(job)).isEqualTo("100 70 30 0 0 0 0").isEqualTo(counted(job));
        assertThat(number(
                        "SELECT min(epoch) FROM migration_items WHERE migration_job_id = ? AND reason = 'queued'", job))
                .isEqualTo(1);
    }

    @Test
    void aCancelledJobDispatchesNothingMore() {
        // Given
        long job = plannedJob(10, "dispatch_window = 1, pending_action = 'cancel'");

        // When
        done(dispatcher.fill(job));

        // Then
        assertThat(counters(job)).isEqualTo("10 10 0 0 0 0 0");
        assertThat(number("SELECT count(*) FROM migration_outbox WHERE migration_job_id = ?", job))
                .isZero();
    }

    @Test
    void cancellingTakesUnsentTasksBackAndEndsAnIdleJob() {
        // Given: two tasks that no relay has taken yet
        long job = plannedJob(2, "status_reason = NULL");
        update("UPDATE migration_jobs SET status = 'paused' WHERE id = ?", job);
        update(
                "UPDATE migration_items SET reason = 'queued', epoch = 1, lease_until = now() + interval '10 minutes'"
                        + " WHERE migration_job_id = ?",
                job);
        update("UPDATE migration_job_progress SET waiting = 0, queued = 2 WHERE job_id = ?", job);

        // When
        Transition first = cancelWithUnsentTasks(job);

        // Then
        assertThat(first).isEqualTo(new Transition.Done());
        assertThat(status(job)).isEqualTo("cancelled");
        assertThat(counters(job)).isEqualTo("2 2 0 0 0 0 0").isEqualTo(counted(job));
        assertThat(cancel(job)).isEqualTo(new Transition.AlreadyThere());
        assertThat(start(job)).isEqualTo(new Transition.Impossible("cancelled"));
    }

    /** The rows are written in the cancelling transaction, or the relay would be quicker than the test. */
    private Transition cancelWithUnsentTasks(long job) {
        inTransaction(tx -> locks.lock(tx, job)
                .chain(locked -> tx.query(
                                "INSERT INTO migration_outbox (migration_job_id, migration_item_id, idempotent_key,"
                                        + " event_type, topic, payload) SELECT migration_job_id, id, id || ':copy:' || epoch, 'migration.task.created',"
                                        + " 'hermes.migration-tasks', '{}' FROM migration_items WHERE migration_job_id = "
                                        + job)
                        .execute()
                        .chain(() -> withdrawal.request(
                                tx,
                                locked.orElseThrow(),
                                io.hermes.orchestrator.state.PendingAction.CANCEL,
                                java.util.Optional.empty()))));
        return new Transition.Done();
    }

    @Inject
    Withdrawal withdrawal;
}
