package io.hermes.orchestrator.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.contract.event.MigrationEvent;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.contract.task.MigrationTask;
import io.hermes.orchestrator.testing.EngineTest;
import io.hermes.orchestrator.testing.TinyWorker;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** A pause that pauses: nothing in flight, nothing new, nothing lost, nothing done twice. */
@QuarkusTest
class PauseTest extends EngineTest {

    private static final int DOCUMENTS = 400;
    private static final Duration LONG = Duration.ofSeconds(60);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String broker;

    @Test
    void aPausedJobStandsStillAndGoesOnWhereItStood() {
        // Given
        long job = jobOf(DOCUMENTS, "dispatch_window = 20");
        AtomicInteger answered = new AtomicInteger();
        try (TinyWorker worker = new TinyWorker(broker, task -> counted(task, job, answered))) {
            start(job);
            await().atMost(LONG).until(() -> answered.get() >= 60);

            // When
            assertThat(done(lifecycle.pause(job, USER))).isInstanceOf(Transition.Done.class);
            await().atMost(LONG).until(() -> status(job).equals("paused"));

            // Then
            String still = counters(job);
            assertThat(still).isEqualTo(counted(job)).contains(" 0 0 ");
            assertThat(number("SELECT waiting FROM migration_job_progress WHERE job_id = ?", job))
                    .isPositive();
            assertThat(number("SELECT count(*) FROM migration_outbox WHERE migration_job_id = ?", job))
                    .isZero();
            await().during(Duration.ofSeconds(2))
                    .atMost(LONG)
                    .until(() -> counters(job).equals(still));
            assertThat(done(lifecycle.pause(job, USER))).isInstanceOf(Transition.AlreadyThere.class);

            assertThat(done(lifecycle.resume(job, USER))).isInstanceOf(Transition.Done.class);
            await().atMost(LONG).until(() -> status(job).equals("completed"));
            assertThat(tasksOf(worker, job)).hasSize(DOCUMENTS).doesNotHaveDuplicates();
        }
        assertThat(counters(job))
                .isEqualTo(DOCUMENTS + " 0 0 0 " + DOCUMENTS + " 0 0")
                .isEqualTo(counted(job));
        assertThat(number("SELECT paused_millis FROM migration_job_progress WHERE job_id = ?", job))
                .isBetween(2000L, 60_000L);
    }

    @Test
    void planningPausesAndGoesOnToo() {
        long job = jobOf(DOCUMENTS, "");
        try (TinyWorker worker = new TinyWorker(broker, TinyWorker::success)) {
            start(job);
            done(lifecycle.pause(job, USER));
            await().atMost(LONG).until(() -> status(job).equals("paused"));
            done(lifecycle.resume(job, USER));
            await().atMost(LONG).until(() -> status(job).equals("completed"));
            assertThat(tasksOf(worker, job)).hasSize(DOCUMENTS).doesNotHaveDuplicates();
        }
        assertThat(counters(job)).isEqualTo(DOCUMENTS + " 0 0 0 " + DOCUMENTS + " 0 0");
    }

    @Test
    void whatIsInFlightEndsFirstAndThePauseCanBeCalledOff() {
        long job = jobOf(3, "");
        CountDownLatch letGo = new CountDownLatch(1);
        try (TinyWorker worker = new TinyWorker(broker, task -> held(task, job, letGo))) {
            start(job);
            await().atMost(LONG).until(() -> !tasksOf(worker, job).isEmpty());

            done(lifecycle.pause(job, USER));
            assertThat(status(job)).isEqualTo("running");
            assertThat(pendingAction(job)).isEqualTo("pause");
            assertThat(done(lifecycle.pause(job, USER))).isInstanceOf(Transition.AlreadyThere.class);
            assertThat(done(lifecycle.resume(job, USER))).isInstanceOf(Transition.Done.class);
            assertThat(pendingAction(job)).isNull();
            assertThat(done(lifecycle.resume(job, USER))).isInstanceOf(Transition.AlreadyThere.class);

            done(lifecycle.pause(job, USER));
            letGo.countDown();
            await().atMost(LONG).until(() -> Set.of("paused", "completed").contains(status(job)));
        }
        assertThat(counters(job)).isEqualTo(counted(job)).contains(" 0 0 ");
    }

    @Test
    void aPausedJobCanBeCancelled() {
        long job = plannedJob(5, "dispatch_window = 1");
        update("UPDATE migration_jobs SET status = 'paused', paused_at = now() - interval '1 hour' WHERE id = ?", job);

        assertThat(done(lifecycle.cancel(job, USER))).isInstanceOf(Transition.Done.class);

        assertThat(status(job)).isEqualTo("cancelled");
        assertThat(number("SELECT paused_millis FROM migration_job_progress WHERE job_id = ?", job))
                .isBetween(3_600_000L, 3_700_000L);
        assertThat(done(lifecycle.resume(job, USER))).isEqualTo(new Transition.Impossible("cancelled"));
    }

    @Test
    void aPendingJobCanBeNeitherPausedNorResumed() {
        long job = jobOf(1, "");

        assertThat(done(lifecycle.pause(job, USER))).isEqualTo(new Transition.Impossible("pending"));
        assertThat(done(lifecycle.resume(job, USER))).isEqualTo(new Transition.Impossible("pending"));
    }

    private long jobOf(int documents, String more) {
        ResolvedProvider source = memoryProvider("source");
        for (int i = 0; i < documents; i++) {
            put(source, "doc-" + i + ".md", "0123456789");
        }
        return job(source.providerUuid(), memoryProvider("destination").providerUuid(), more);
    }

    private static List<MigrationEvent> counted(MigrationTask task, long job, AtomicInteger answered) {
        if (task.ref().jobId() == job) {
            answered.incrementAndGet();
        }
        return TinyWorker.success(task);
    }

    private static List<MigrationEvent> held(MigrationTask task, long job, CountDownLatch letGo) {
        try {
            if (task.ref().jobId() == job) {
                letGo.await();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return TinyWorker.success(task);
    }

    private String pendingAction(long job) {
        return text("SELECT pending_action FROM migration_jobs WHERE id = ?", job);
    }

    private static List<Long> tasksOf(TinyWorker worker, long job) {
        return worker.seen().stream()
                .map(MigrationTask::ref)
                .filter(ref -> ref.jobId() == job)
                .map(ref -> ref.itemId())
                .toList();
    }
}
