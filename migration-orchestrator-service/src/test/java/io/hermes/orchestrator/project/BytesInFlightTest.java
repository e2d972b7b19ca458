package io.hermes.orchestrator.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.contract.event.Heartbeat;
import io.hermes.contract.event.MigrationEvent;
import io.hermes.contract.event.Started;
import io.hermes.contract.task.TaskRef;
import io.hermes.orchestrator.testing.EngineTest;
import io.hermes.orchestrator.testing.TinyWorker;
import io.hermes.orchestrator.view.ProgressView;
import io.hermes.orchestrator.view.ProgressViews;
import io.hermes.orchestrator.view.WorkerView;
import io.hermes.orchestrator.view.WorkerViews;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What heartbeats say about documents under way moves the progress of their job, and is counted once. */
@QuarkusTest
class BytesInFlightTest extends EngineTest {

    private static final long SIZE = 1000;

    @Inject
    Projector projector;

    @Inject
    ProgressViews progress;

    @Inject
    WorkerViews workers;

    private final String worker = "w-" + UUID.randomUUID();

    @Test
    void bytesMoveInsideADocument() {
        // Given
        long job = startedJob(3);
        List<TaskRef> refs = refs(job);
        long before = progress(job).sequence();

        // When
        beat(worker, refs, 400, 0, 0);

        // Then
        assertThat(progress(job).bytes().transferred()).isEqualTo(400);
        assertThat(progress(job).bytes().total()).isEqualTo(3 * SIZE);
        assertThat(progress(job).sequence()).isGreaterThan(before);
        beat(worker, refs, 700, 100, 0);
        assertThat(progress(job).bytes().transferred()).isEqualTo(800);
    }

    @Test
    void aHeartbeatWithoutNewsIsNoNews() {
        long job = startedJob(1);
        List<TaskRef> refs = refs(job);
        beat(worker, refs, 400);
        ProgressView before = progress(job);

        beat(worker, refs, 400);

        assertThat(progress(job).sequence()).isEqualTo(before.sequence());
        assertThat(progress(job).bytes().transferred()).isEqualTo(400);
    }

    @Test
    void aDocumentThatEndsIsNotCountedTwice() {
        // Given
        long job = startedJob(3);
        List<TaskRef> refs = refs(job);
        beat(worker, refs, 900, 50, 0);

        // When
        project(worker, TinyWorker.succeeded(refs.getFirst(), "r", SIZE));

        // Then
        assertThat(progress(job).bytes().transferred()).isEqualTo(SIZE + 50);
        assertThat(rows(worker)).isEqualTo(1);
    }

    @Test
    void transferredNeverExceedsTheTotal() {
        long job = startedJob(2);
        List<TaskRef> refs = refs(job);

        beat(worker, refs, 5 * SIZE, SIZE + 1);
        beat("other-" + worker, refs, 5 * SIZE, SIZE + 1);

        assertThat(progress(job).bytes().transferred()).isEqualTo(2 * SIZE);
    }

    @Test
    void anOlderDispatchDoesNotCount() {
        long job = startedJob(1);
        List<TaskRef> stale = refs(job).stream()
                .map(ref -> new TaskRef(ref.jobUuid(), ref.jobId(), ref.itemId(), ref.epoch() - 1))
                .toList();

        beat(worker, stale, 400);

        assertThat(progress(job).bytes().transferred()).isZero();
    }

    @Test
    void whatASilentWorkerReadIsForgotten() {
        // Given
        long job = startedJob(1);
        beat(worker, refs(job), 400);

        // When
        update(
                "UPDATE migration_worker_readings SET seen_at = now() - interval '31 seconds' WHERE worker_id = ?",
                worker);

        // Then
        assertThat(progress(job).bytes().transferred()).isZero();
        update("DELETE FROM migration_workers WHERE worker_id = ?", worker);
        assertThat(rows(worker)).isZero();
    }

    @Test
    void whatAWorkerReadsNoMoreIsForgotten() {
        long first = startedJob(1);
        long second = startedJob(1);
        beat(worker, refs(first), 400);

        beat(worker, refs(second), 300);

        assertThat(progress(first).bytes().transferred()).isZero();
        assertThat(progress(second).bytes().transferred()).isEqualTo(300);
        assertThat(rows(worker)).isEqualTo(1);
        project(worker, new Heartbeat(32, 0, 0, false, List.of(), null, null));
        assertThat(rows(worker)).isZero();
    }

    @Test
    void aWorkerShowsWhatItSaidAboutItself() {
        long job = startedJob(2);

        project(
                worker,
                new Heartbeat(
                        32,
                        2,
                        7,
                        true,
                        held(refs(job), 400, 50),
                        new Heartbeat.Throughput(41.54, 8_388_608.4),
                        "0.1.0"));

        WorkerView view = view(worker);
        assertThat(view.alive()).isTrue();
        assertThat(view.slots()).isEqualTo(32);
        assertThat(view.inFlight()).isEqualTo(2);
        assertThat(view.waiting()).isEqualTo(7);
        assertThat(view.draining()).isTrue();
        assertThat(view.rate()).isEqualTo(41.5);
        assertThat(view.bytes()).isEqualTo(new WorkerView.Bytes(450, 8_388_608));
        assertThat(view.version()).isEqualTo("0.1.0");
    }

    @Test
    void aWorkerOfTheVersionBeforeSaysLess() {
        project(worker, new Heartbeat(32, 0, 0, false, List.of(), null, null));

        assertThat(view(worker).rate()).isZero();
        assertThat(view(worker).version()).isNull();
        update("UPDATE migration_workers SET last_seen = now() - interval '31 seconds' WHERE worker_id = ?", worker);
        assertThat(view(worker).alive()).isFalse();
    }

    private WorkerView view(String id) {
        return done(workers.all()).stream()
                .filter(one -> one.workerId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private ProgressView progress(long job) {
        return done(progress.find(job));
    }

    private long rows(String id) {
        return number("SELECT count(*) FROM migration_worker_readings WHERE worker_id = ?", id);
    }

    private void beat(String id, List<TaskRef> refs, long... bytes) {
        project(id, new Heartbeat(32, refs.size(), 0, false, held(refs, bytes), null, null));
    }

    private static List<Heartbeat.Held> held(List<TaskRef> refs, long... bytes) {
        return IntStream.range(0, bytes.length)
                .mapToObj(i -> new Heartbeat.Held(refs.get(i), bytes[i]))
                .toList();
    }

    private void project(String id, MigrationEvent event) {
        done(projector.projectChunk(List.of(new Report(id, event))));
    }

    /** A job with documents of a thousand bytes that a worker has begun; nothing is left to dispatch. */
    private long startedJob(int items) {
        long job = plannedJob(items, "dispatch_window = 1, pending_action = 'pause'");
        update(
                "UPDATE migration_items SET reason = 'queued', epoch = 5, lease_until = now() + interval '10 minutes',"
                        + " source_revision = 'r', size_bytes = ? WHERE migration_job_id = ?",
                SIZE,
                job);
        update(
                "UPDATE migration_job_progress SET waiting = 0, queued = scanned, scanned_bytes = scanned * ?, open_bytes = scanned * ?"
                        + " WHERE job_id = ?",
                SIZE,
                SIZE,
                job);
        update("UPDATE migration_jobs SET pending_action = NULL WHERE id = ?", job);
        refs(job).forEach(ref -> project(worker, new Started(ref, null)));
        return job;
    }

    private List<TaskRef> refs(long job) {
        UUID uuid = UUID.fromString(text("SELECT job_uuid FROM migration_jobs WHERE id = ?", job));
        return texts("SELECT id FROM migration_items WHERE migration_job_id = ? ORDER BY id", job).stream()
                .map(id -> new TaskRef(uuid, job, Long.parseLong(id), 5))
                .toList();
    }
}
