package io.hermes.orchestrator.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hermes.contract.event.ErrorCode;
import io.hermes.contract.event.Failed;
import io.hermes.contract.event.MigrationEvent;
import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.contract.task.MigrationTask;
import io.hermes.edge.problem.ApiProblem;
import io.hermes.edge.testing.RegistryStandIn;
import io.hermes.orchestrator.state.Accounts;
import io.hermes.orchestrator.state.CounterChange;
import io.hermes.orchestrator.testing.EngineTest;
import io.hermes.orchestrator.testing.TinyWorker;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Failed documents once more, under the same job, with books that stay true. */
@QuarkusTest
class RetryTest extends EngineTest {

    private static final int DOCUMENTS = 30;
    private static final Duration LONG = Duration.ofSeconds(60);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String broker;

    @Inject
    Retry retry;

    @Inject
    Jobs jobs;

    @Inject
    Accounts accounts;

    private ResolvedProvider source;
    private ResolvedProvider destination;
    private volatile boolean healed;

    @Test
    void onlyWhatFailedIsTriedAgainAndTheJobIsASuccess() {
        // Given
        long job = jobOf(DOCUMENTS);
        try (TinyWorker worker = new TinyWorker(broker, this::everyThirdFails)) {
            long failed = endsPartial(job);
            String startedAt = text("SELECT started_at FROM migration_jobs WHERE id = ?", job);
            await().atMost(LONG).until(() -> claimsReleased(job));
            healed = true;

            // When
            assertThat(retried(job, known -> retry.all(known, USER))).isInstanceOf(Transition.Done.class);

            // Then
            assertThat(claim(destination, job)).startsWith("PUT");
            await().atMost(LONG).until(() -> status(job).equals("completed"));
            assertThat(tasksOf(worker, job)).hasSize((int) (DOCUMENTS + failed));
            assertThat(counters(job)).isEqualTo("30 0 0 0 30 0 0").isEqualTo(counted(job));
            assertThat(text("SELECT outcome FROM migration_jobs WHERE id = ?", job))
                    .isEqualTo("success");
            assertThat(text("SELECT started_at FROM migration_jobs WHERE id = ?", job))
                    .isEqualTo(startedAt);
            assertThat(number("SELECT count(*) FROM migration_attempts WHERE migration_job_id = ?", job))
                    .isEqualTo(failed);
            assertThat(retried(job, known -> retry.all(known, USER))).isEqualTo(new Transition.Impossible("completed"));
            await().atMost(LONG)
                    .untilAsserted(() ->
                            assertThat(claim(destination, job)).isEqualTo("DELETE {\"documents\":30,\"bytes\":300}"));
            await().atMost(LONG).until(() -> claimsReleased(job));
        }
    }

    @Test
    void oneErrorCodeOrOneDocumentCanBeChosen() {
        long job = jobOf(DOCUMENTS);
        try (TinyWorker worker = new TinyWorker(broker, this::everyThirdFails)) {
            long failed = endsPartial(job);
            healed = true;

            assertThat(retried(job, known -> retry.withCode(known, ErrorCode.TIMEOUT, USER)))
                    .isInstanceOf(Transition.AlreadyThere.class);
            assertThat(status(job)).isEqualTo("completed");

            long one =
                    number("SELECT min(id) FROM migration_items WHERE migration_job_id = ? AND status = 'failed'", job);
            assertThat(retried(job, known -> retry.one(known, one, USER))).isInstanceOf(Transition.Done.class);
            await().atMost(LONG).until(() -> status(job).equals("completed"));
            assertThat(counters(job))
                    .isEqualTo("30 0 0 0 %d %d 0".formatted(DOCUMENTS - failed + 1, failed - 1))
                    .isEqualTo(counted(job));

            assertThat(retried(job, known -> retry.withCode(known, ErrorCode.SOURCE_NOT_FOUND, USER)))
                    .isInstanceOf(Transition.Done.class);
            await().atMost(LONG).until(() -> status(job).equals("completed"));
            assertThat(counters(job)).isEqualTo("30 0 0 0 30 0 0").isEqualTo(counted(job));
        }
    }

    @Test
    void aPlanThatBrokeOffGoesOn() {
        long job = jobOf(DOCUMENTS);
        update(
                "UPDATE migration_jobs SET status = 'failed', outcome = 'failed', status_reason = 'listing', started_at = now(),"
                        + " completed_at = now() WHERE id = ?",
                job);
        update(
                "UPDATE migration_job_progress SET phase = 'finished', listing_token = 'doc-2.md' WHERE job_id = ?",
                job);
        try (TinyWorker worker = new TinyWorker(broker, TinyWorker::success)) {
            assertThat(retried(job, known -> retry.all(known, USER))).isInstanceOf(Transition.Done.class);

            await().atMost(LONG).until(() -> status(job).equals("completed"));
            // Behind doc-2.md come doc-20 to doc-29 and doc-3 to doc-9.
            // and 20 to 29 are behind
            assertThat(tasksOf(worker, job)).hasSize(7 + 10);
        }
        assertThat(text("SELECT status_reason FROM migration_jobs WHERE id = ?", job))
                .isNull();
    }

    @Test
    void aProviderThatIsDisabledByThenIsNamedAndNothingChanges() {
        long job = plannedJobThatFailed();
        RegistryStandIn.put(new ResolvedProvider(
                destination.id(),
                destination.providerUuid(),
                destination.providerName(),
                "memory",
                2,
                ProviderStatus.DISABLED,
                true,
                destination.config(),
                destination.secrets(),
                null,
                false));

        assertThatThrownBy(() -> retried(job, known -> retry.all(known, USER)))
                .isInstanceOf(ApiProblem.class)
                .hasMessageContaining(destination.providerName());

        assertThat(status(job)).isEqualTo("completed");
        assertThat(counters(job)).isEqualTo("4 0 0 0 0 4 0").isEqualTo(counted(job));
        await().atMost(LONG).untilAsserted(() -> assertThat(claim(source, job)).startsWith("DELETE"));
    }

    @Test
    void aRunningJobIsNotTurnedRoundButItsDocumentsMayBe() {
        long job = plannedJobThatFailed();
        update(
                "UPDATE migration_jobs SET status = 'running', completed_at = NULL, outcome = NULL,"
                        + " claims_released_at = NULL WHERE id = ?",
                job);
        update("UPDATE migration_jobs SET dispatch_window = 1 WHERE id = ?", job);
        update(
                "UPDATE migration_job_progress SET planning_done = false, planning_lease_until = now() + interval '1 hour' WHERE job_id = ?",
                job);

        assertThat(retried(job, known -> retry.all(known, USER))).isInstanceOf(Transition.AlreadyThere.class);
        assertThat(counters(job)).isEqualTo("4 0 0 0 0 4 0");
        assertThat(retried(job, known -> retry.withCode(known, ErrorCode.TIMEOUT, USER)))
                .isInstanceOf(Transition.Done.class);
        assertThat(counted(job)).startsWith("4 ").endsWith(" 0 0 0");
    }

    @Test
    void manyFailuresAreMadeReadyInBatchesAndTheJobWaitsForTheLast() {
        long job = plannedJobThatFailed();
        manyMoreFailures(job, 12_000);

        assertThat(retried(job, known -> retry.all(known, USER))).isInstanceOf(Transition.Done.class);
        // Whatever happens to the first batch, the job is not over before the others have come.
        await().atMost(LONG)
                .until(() -> number("SELECT failed FROM migration_job_progress WHERE job_id = ?", job) == 0);

        assertThat(number(
                        "SELECT count(DISTINCT updated_at) FROM migration_items WHERE migration_job_id = ? AND reason IS NULL",
                        job))
                .as("transactions")
                .isGreaterThanOrEqualTo(2);
        assertThat(status(job)).isEqualTo("running");
        done(lifecycle.pause(job, USER));
        assertThat(counters(job)).isEqualTo(counted(job));
    }

    @Test
    void aJobIsNotOverAsLongAsARetryHasMoreToMakeReady() {
        long job = plannedJobThatFailed();

        // In one transaction, so that nobody else goes on with the retry before the finish test is run.
        String status = inTransaction(tx -> tx.preparedQuery(
                        "UPDATE migration_jobs SET status = 'running', completed_at = NULL, outcome = NULL WHERE id = $1")
                .execute(Tuple.of(job))
                .chain(() -> tx.preparedQuery(
                                "UPDATE migration_job_progress SET retry_codes = '{TIMEOUT}' WHERE job_id = $1")
                        .execute(Tuple.of(job)))
                .chain(() -> locks.lock(tx, job))
                .chain(known -> accounts.book(tx, known.orElseThrow(), CounterChange.NONE))
                .chain(() -> locks.lock(tx, job))
                .map(known -> known.orElseThrow().status().word()));

        assertThat(status).isEqualTo("running");
    }

    @Test
    void whatAnotherReplicaLeftOfARetryIsGoneOnWith() {
        long job = plannedJobThatFailed();
        update(
                "UPDATE migration_items SET error_code = 'DEST_CONFLICT' WHERE migration_job_id = ? AND source_provider_id = 'doc-1'",
                job);
        update(
                "UPDATE migration_job_progress SET phase = 'transferring', retry_codes = '{TIMEOUT}', retry_after = 0 WHERE job_id = ?",
                job);

        update("UPDATE migration_jobs SET status = 'running', completed_at = NULL, outcome = NULL WHERE id = ?", job);

        await().atMost(LONG)
                .until(() -> number("SELECT failed FROM migration_job_progress WHERE job_id = ?", job) == 1);
        assertThat(text("SELECT retry_codes FROM migration_job_progress WHERE job_id = ?", job))
                .isNull();
    }

    private void manyMoreFailures(long job, int count) {
        update(
                "INSERT INTO migration_items (migration_job_id, source_provider_id, size_bytes, status, error_code, completed_at)"
                        + " SELECT ?, 'more-' || n, 10, 'failed', 'TIMEOUT', now() FROM generate_series(1, ?) n",
                job,
                count);
        update(
                "UPDATE migration_job_progress SET scanned = scanned + ?, failed = failed + ?, scanned_bytes = scanned_bytes + ?,"
                        + " failed_bytes = failed_bytes + ? WHERE job_id = ?",
                count,
                count,
                count * 10,
                count * 10,
                job);
        update("UPDATE migration_jobs SET dispatch_window = 1 WHERE id = ?", job);
    }

    private Transition retried(long job, Function<JobDefinition, Uni<Transition>> wish) {
        try {
            JobDefinition definition = VertxContextSupport.subscribeAndAwait(() -> jobs.find(new JobRef.ById(job)));
            return done(wish.apply(definition));
        } catch (RuntimeException problem) {
            throw problem;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private long endsPartial(long job) {
        start(job);
        await().atMost(LONG).until(() -> status(job).equals("completed"));
        assertThat(text("SELECT outcome FROM migration_jobs WHERE id = ?", job)).isEqualTo("partial");
        return number("SELECT failed FROM migration_job_progress WHERE job_id = ?", job);
    }

    private List<MigrationEvent> everyThirdFails(MigrationTask task) {
        boolean fails = !healed && task.ref().itemId() % 3 == 0;
        return fails
                ? List.of(new Failed(task.ref(), ErrorCode.SOURCE_NOT_FOUND, "gone", false, null, 1))
                : TinyWorker.success(task);
    }

    private long jobOf(int documents) {
        source = memoryProvider("source");
        destination = memoryProvider("destination");
        for (int i = 0; i < documents; i++) {
            put(source, "doc-" + i + ".md", "0123456789");
        }
        return job(source.providerUuid(), destination.providerUuid(), "");
    }

    /** Four documents, all of which failed. */
    private long plannedJobThatFailed() {
        long job = jobOf(0);
        update(
                "INSERT INTO migration_items (migration_job_id, source_provider_id, size_bytes, status, error_code, completed_at)"
                        + " SELECT ?, 'doc-' || n, 10, 'failed', 'TIMEOUT', now() FROM generate_series(1, 4) n",
                job);
        update(
                "UPDATE migration_job_progress SET phase = 'finished', planning_done = true, scanned = 4, failed = 4,"
                        + " scanned_bytes = 40, failed_bytes = 40 WHERE job_id = ?",
                job);
        update(
                "UPDATE migration_jobs SET status = 'completed', outcome = 'failed', started_at = now(), completed_at = now(),"
                        + " claims_released_at = now() WHERE id = ?",
                job);
        return job;
    }

    private boolean claimsReleased(long job) {
        return number("SELECT count(*) FROM migration_jobs WHERE id = ? AND claims_released_at IS NOT NULL", job) == 1;
    }

    private String claim(ResolvedProvider provider, long job) {
        UUID uuid = UUID.fromString(text("SELECT job_uuid FROM migration_jobs WHERE id = ?", job));
        return RegistryStandIn.claim(provider.providerUuid(), uuid);
    }

    private static List<Long> tasksOf(TinyWorker worker, long job) {
        return worker.seen().stream()
                .map(MigrationTask::ref)
                .filter(ref -> ref.jobId() == job)
                .map(ref -> ref.itemId())
                .toList();
    }
}
