package io.hermes.orchestrator.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.contract.event.ErrorCode;
import io.hermes.contract.event.Failed;
import io.hermes.contract.event.MigrationEvent;
import io.hermes.contract.event.Started;
import io.hermes.contract.task.TaskRef;
import io.hermes.orchestrator.testing.EngineTest;
import io.hermes.orchestrator.testing.TinyWorker;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ProjectionTest extends EngineTest {

    @Inject
    Projector projector;

    @Test
    void eventsFiveTimesAndInAnyOrderCountOnce() {
        // Given
        long job = queuedJob(20);
        List<Report> reports = new ArrayList<>();
        for (TaskRef ref : refs(job, 0)) {
            List<MigrationEvent> events = ref.itemId() % 4 == 0
                    ? List.of(new Failed(ref, ErrorCode.SOURCE_NOT_FOUND, "gone", false, null, 1))
                    : List.of(new Started(ref, null), TinyWorker.succeeded(ref, "r", 12));
            for (int copy = 0; copy < 5; copy++) {
                events.forEach(event -> reports.add(new Report("w", event)));
            }
        }
        Collections.shuffle(reports, new Random(42));

        // When
        done(projector.projectChunk(reports));
        done(projector.projectChunk(reports));

        // Then
        assertThat(counters(job)).isEqualTo("20 0 0 0 15 5 0").isEqualTo(counted(job));
        assertThat(status(job)).isEqualTo("completed");
        assertThat(text("SELECT outcome FROM migration_jobs WHERE id = ?", job)).isEqualTo("partial");
        assertThat(number("SELECT scanned_bytes FROM migration_job_progress WHERE job_id = ?", job))
                .isEqualTo(15 * 12 + 5 * 10L);
        assertThat(number("SELECT count(*) FROM migration_attempts WHERE migration_job_id = ?", job))
                .isEqualTo(5);
    }

    @Test
    void anOlderEpochChangesNothing() {
        long job = queuedJob(3);
        List<Report> stale = refs(job, -1).stream()
                .map(ref -> new Report("w", new Failed(ref, ErrorCode.SOURCE_NOT_FOUND, "gone", false, null, 1)))
                .toList();

        done(projector.projectChunk(stale));

        assertThat(counters(job)).isEqualTo("3 0 3 0 0 0 0").isEqualTo(counted(job));
    }

    /** A job whose items are all queued at epoch 5, without outbox rows. */
    private long queuedJob(int items) {
        long job = plannedJob(items, "dispatch_window = 1, pending_action = 'pause'");
        update(
                "UPDATE migration_items SET reason = 'queued', epoch = 5, lease_until = now() + interval '10 minutes',"
                        + " source_revision = 'r' WHERE migration_job_id = ?",
                job);
        update("UPDATE migration_job_progress SET waiting = 0, queued = scanned WHERE job_id = ?", job);
        update("UPDATE migration_jobs SET pending_action = NULL WHERE id = ?", job);
        return job;
    }

    private List<TaskRef> refs(long job, int off) {
        UUID uuid = UUID.fromString(text("SELECT job_uuid FROM migration_jobs WHERE id = ?", job));
        return texts("SELECT id FROM migration_items WHERE migration_job_id = ? ORDER BY id", job).stream()
                .map(id -> new TaskRef(uuid, job, Long.parseLong(id), 5 + off))
                .toList();
    }
}
