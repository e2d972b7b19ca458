package io.hermes.orchestrator.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hermes.edge.problem.ApiProblem;
import io.hermes.orchestrator.testing.EngineTest;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that a job goes on without. */
@QuarkusTest
class SkipTest extends EngineTest {

    @Inject
    Skip skip;

    @Test
    void aDocumentThatWaitsForItsNextAttemptCanBeLeftOut() {
        long job = pausedJob();
        update(
                "UPDATE migration_items SET reason = 'retry', next_attempt_at = now() + interval '1 hour' WHERE migration_job_id = ?",
                job);

        assertThat(done(skip.one(job, item(job, 0), USER))).isInstanceOf(Transition.Done.class);

        assertThat(counters(job)).isEqualTo("3 2 0 0 0 0 1").isEqualTo(counted(job));
        assertThat(done(skip.one(job, item(job, 0), USER))).isInstanceOf(Transition.AlreadyThere.class);
        assertThat(counters(job)).isEqualTo("3 2 0 0 0 0 1");
        assertThat(text("SELECT reason FROM migration_items WHERE id = ?", item(job, 0)))
                .isEqualTo("by_user");
    }

    @Test
    void aFailureThatIsLeftOutDoesNotCountAndTheLastOneEndsTheJob() {
        long job = pausedJob();
        update(
                "UPDATE migration_items SET status = 'failed', error_code = 'TIMEOUT', completed_at = now() WHERE id IN (?, ?)",
                item(job, 0),
                item(job, 1));
        update(
                "UPDATE migration_job_progress SET waiting = 1, failed = 2, open_bytes = 10, failed_bytes = 20 WHERE job_id = ?",
                job);

        for (int i = 0; i < 3; i++) {
            assertThat(status(job)).isEqualTo("paused");
            assertThat(done(skip.one(job, item(job, i), USER))).isInstanceOf(Transition.Done.class);
            assertThat(counters(job)).isEqualTo(counted(job));
        }

        assertThat(status(job)).isEqualTo("completed");
        assertThat(text("SELECT outcome FROM migration_jobs WHERE id = ?", job)).isEqualTo("success");
        assertThat(text(
                        "SELECT concat(failed_bytes, ' ', skipped_bytes) FROM migration_job_progress WHERE job_id = ?",
                        job))
                .isEqualTo("0 30");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reason = 'queued', lease_until = now() + interval '1 hour'",
                "status = 'in_progress', lease_until = now() + interval '1 hour'",
                "status = 'in_progress', reason = 'release_pending'"
            })
    void whatAWorkerMayHaveIsLeftToIt(String standing) {
        long job = pausedJob();
        update("UPDATE migration_items SET " + standing + " WHERE id = ?", item(job, 0));

        assertThatThrownBy(() -> done(skip.one(job, item(job, 0), USER)))
                .isInstanceOf(ApiProblem.class)
                .hasMessageContaining("Pause the job");

        assertThat(counters(job)).isEqualTo("3 3 0 0 0 0 0");
    }

    @Test
    void whatAnEndedJobCameToStays() {
        long job = pausedJob();
        done(lifecycle.cancel(job, USER));

        assertThatThrownBy(() -> done(skip.one(job, item(job, 0), USER))).isInstanceOf(ApiProblem.class);
        assertThat(counters(job)).isEqualTo(counted(job)).startsWith("3 3 ");
    }

    /** Three documents of ten bytes that wait. */
    private long pausedJob() {
        long job = job(UUID.randomUUID(), UUID.randomUUID(), "");
        update(
                "INSERT INTO migration_items (migration_job_id, source_provider_id, size_bytes)"
                        + " SELECT ?, 'doc-' || n, 10 FROM generate_series(1, 3) n",
                job);
        update(
                "UPDATE migration_job_progress SET phase = 'transferring', planning_done = true, scanned = 3, waiting = 3,"
                        + " scanned_bytes = 30, open_bytes = 30 WHERE job_id = ?",
                job);
        update("UPDATE migration_jobs SET status = 'paused', started_at = now(), paused_at = now() WHERE id = ?", job);
        return job;
    }

    private long item(long job, int index) {
        return number(
                "SELECT id FROM migration_items WHERE migration_job_id = ? ORDER BY id OFFSET ? LIMIT 1", job, index);
    }
}
