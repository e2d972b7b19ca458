package io.hermes.orchestrator.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hermes.contract.event.ErrorCode;
import io.hermes.contract.event.Failed;
import io.hermes.contract.event.MigrationEvent;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.contract.task.CopyTask;
import io.hermes.contract.task.MigrationTask;
import io.hermes.orchestrator.dispatch.Dispatcher;
import io.hermes.orchestrator.testing.EngineTest;
import io.hermes.orchestrator.testing.TinyWorker;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Too many failures stop a job, changes reach a running one, and documents can be named by their keys. */
@QuarkusTest
class FailureLimitTest extends EngineTest {

    private static final int DOCUMENTS = 300;
    private static final Duration LONG = Duration.ofSeconds(60);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String broker;

    @Inject
    Jobs jobs;

    @Inject
    JobChanges changes;

    @Inject
    Retry retry;

    @Inject
    Dispatcher dispatcher;

    @Inject
    ObjectMapper json;

    private volatile boolean healed;

    @Test
    void moreFailuresThanAllowedEndTheJobBeforeAllIsTried() {
        long job = jobOf(DOCUMENTS, "dispatch_window = 10, max_failures = '4'");
        try (TinyWorker worker = new TinyWorker(broker, this::fails)) {
            start(job);
            await().atMost(LONG).until(() -> status(job).equals("failed"));

            assertThat(tasksOf(worker, job)).hasSizeLessThan(100);
            assertThat(text("SELECT outcome FROM migration_jobs WHERE id = ?", job))
                    .isEqualTo("failed");
            assertThat(text("SELECT status_reason FROM migration_jobs WHERE id = ?", job))
                    .startsWith("MAX_FAILURES: ")
                    .contains("no more than 4");
            assertThat(number("SELECT waiting FROM migration_job_progress WHERE job_id = ?", job))
                    .isPositive();
            assertThat(counters(job)).isEqualTo(counted(job));

            healed = true;
            asUser(job, known -> retry.all(known, USER));
            await().atMost(LONG).until(() -> status(job).equals("completed"));
        }
        assertThat(counters(job)).isEqualTo("300 0 0 0 300 0 0").isEqualTo(counted(job));
    }

    @Test
    void aShareIsTakenOfWhatIsPlanned() {
        long bears = plannedJob(100, "max_failures = '5%'");
        long breaks = plannedJob(100, "max_failures = '4.99%'");
        for (long job : List.of(bears, breaks)) {
            long fifth = number(
                    "SELECT id FROM migration_items WHERE migration_job_id = ? ORDER BY id OFFSET 4 LIMIT 1", job);
            try (TinyWorker worker = new TinyWorker(
                    broker,
                    task -> task.ref().jobId() == job && task.ref().itemId() > fifth
                            ? TinyWorker.success(task)
                            : fails(task))) {
                dispatcher.signal(List.of(job));
                await().atMost(LONG).until(() -> Set.of("completed", "failed").contains(status(job)));
            }
        }
        assertThat(status(bears)).isEqualTo("completed");
        assertThat(text("SELECT outcome FROM migration_jobs WHERE id = ?", bears))
                .isEqualTo("partial");
        assertThat(counters(bears)).isEqualTo("100 0 0 0 95 5 0");
        assertThat(status(breaks)).isEqualTo("failed");
        assertThat(counters(breaks)).isEqualTo(counted(breaks));
    }

    @Test
    void aLowerLimitStopsARunningJobAtOnce() {
        long job = job(UUID.randomUUID(), UUID.randomUUID(), "");
        update(
                "INSERT INTO migration_items (migration_job_id, source_provider_id, status, error_code, completed_at)"
                        + " SELECT ?, 'doc-' || n, 'failed', 'TIMEOUT', now() FROM generate_series(1, 3) n",
                job);
        update(
                "UPDATE migration_job_progress SET scanned = 3, failed = 3, planning_lease_until = now() + interval '1 hour' WHERE job_id = ?",
                job);
        update("UPDATE migration_jobs SET status = 'running', started_at = now() WHERE id = ?", job);

        asUser(job, known -> changes.patch(known, patch("{\"maxFailures\": 3}"), Optional.empty(), USER));
        assertThat(status(job)).isEqualTo("running");

        asUser(job, known -> changes.patch(known, patch("{\"maxFailures\": 2}"), Optional.empty(), USER));
        assertThat(status(job)).isEqualTo("failed");
    }

    @Test
    void aRunningJobTakesItsNewTermsWithoutARestart() {
        long job = jobOf(DOCUMENTS, "dispatch_window = 1, concurrency = 1");
        try (TinyWorker silent = new TinyWorker(broker, task -> List.of())) {
            start(job);
            await().atMost(LONG).until(() -> tasksOf(silent, job).size() == 1);

            asUser(
                    job,
                    known -> changes.patch(
                            known, patch("{\"concurrency\": 7, \"dispatchWindow\": 12}"), Optional.of(1L), USER));

            await().atMost(LONG)
                    .until(() -> tasksOf(silent, job).stream().distinct().count() == 12);
            assertThat(caps(silent, job)).hasSize(2).contains(1);
            assertThat(status(job)).isEqualTo("running");
        }
    }

    @Test
    void namedKeysArePlannedWithoutAListing() {
        ResolvedProvider source = memoryProvider("source");
        put(source, "rfc/a.md", "0123456789");
        put(source, "rfc/b.md", "0123456789");
        put(source, "rfc/unasked.md", "0123456789");
        put(source, "rfc/small.md", "0");
        long job = job(
                source.providerUuid(),
                memoryProvider("destination").providerUuid(),
                "document_keys = '{rfc/b.md,rfc/a.md,rfc/gone.md,a//b,rfc/small.md}', dispatch_window = 1,"
                        + " filter_criteria = '{\"minSizeBytes\": 5}'");

        start(job);

        await().atMost(LONG)
                .until(() ->
                        number("SELECT count(*) FROM migration_job_progress WHERE job_id = ? AND planning_done", job)
                                == 1);
        assertThat(texts(
                        "SELECT concat_ws(' ', source_provider_id, size_bytes, error_code) FROM migration_items"
                                + " WHERE migration_job_id = ? ORDER BY source_provider_id",
                        job))
                .containsExactly("a//b 0 KEY_INVALID", "rfc/a.md 10", "rfc/b.md 10", "rfc/gone.md 0 SOURCE_NOT_FOUND");
        assertThat(counters(job)).startsWith("4 ").isEqualTo(counted(job));
    }

    @Test
    void manyKeysArePlannedPageByPage() {
        ResolvedProvider source = memoryProvider("source");
        for (int i = 0; i < 1200; i++) {
            put(source, "doc-" + i, "x");
        }
        long job = job(source.providerUuid(), memoryProvider("destination").providerUuid(), "dispatch_window = 1");
        update(
                "UPDATE migration_jobs SET document_keys = ARRAY(SELECT 'doc-' || n FROM generate_series(0, 1199) n) WHERE id = ?",
                job);

        start(job);

        await().atMost(LONG)
                .until(() -> number("SELECT scanned FROM migration_job_progress WHERE job_id = ?", job) == 1200);
        assertThat(text("SELECT planning_done FROM migration_job_progress WHERE job_id = ?", job))
                .isEqualTo("t");
    }

    private static Set<Integer> caps(TinyWorker worker, long job) {
        return worker.seen().stream()
                .filter(task -> task.ref().jobId() == job)
                .map(task -> ((CopyTask) task).concurrency())
                .collect(Collectors.toSet());
    }

    private List<MigrationEvent> fails(MigrationTask task) {
        return healed
                ? TinyWorker.success(task)
                : List.of(new Failed(task.ref(), ErrorCode.SOURCE_NOT_FOUND, "gone", false, null, 1));
    }

    private ObjectNode patch(String text) {
        try {
            return (ObjectNode) json.readTree(text);
        } catch (java.io.IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }

    private <T> void asUser(long job, Function<JobDefinition, Uni<T>> wish) {
        try {
            JobDefinition definition = VertxContextSupport.subscribeAndAwait(() -> jobs.find(new JobRef.ById(job)));
            done(wish.apply(definition));
        } catch (RuntimeException problem) {
            throw problem;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private long jobOf(int documents, String more) {
        ResolvedProvider source = memoryProvider("source");
        for (int i = 0; i < documents; i++) {
            put(source, "doc-" + i + ".md", "0123456789");
        }
        return job(source.providerUuid(), memoryProvider("destination").providerUuid(), more);
    }

    private static List<Long> tasksOf(TinyWorker worker, long job) {
        return worker.seen().stream()
                .map(MigrationTask::ref)
                .filter(ref -> ref.jobId() == job)
                .map(ref -> ref.itemId())
                .toList();
    }
}
