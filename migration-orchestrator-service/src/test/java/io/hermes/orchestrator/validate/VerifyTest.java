package io.hermes.orchestrator.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.contract.event.Compared;
import io.hermes.contract.event.MigrationEvent;
import io.hermes.contract.event.Started;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.contract.task.CompareTask;
import io.hermes.contract.task.MigrationTask;
import io.hermes.edge.testing.RegistryStandIn;
import io.hermes.orchestrator.job.JobDefinition;
import io.hermes.orchestrator.job.JobRef;
import io.hermes.orchestrator.job.Jobs;
import io.hermes.orchestrator.job.Retry;
import io.hermes.orchestrator.job.Transition;
import io.hermes.orchestrator.testing.EngineTest;
import io.hermes.orchestrator.testing.TinyWorker;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.Precondition;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A comparison of two stores, from its start to its end, with a worker whose findings the test makes up. */
@QuarkusTest
class VerifyTest extends EngineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OTHER = "0".repeat(64);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String broker;

    @Inject
    Jobs definitions;

    @Inject
    Retry retries;

    private final Set<String> different = ConcurrentHashMap.newKeySet();
    private final Set<String> missing = ConcurrentHashMap.newKeySet();
    private ResolvedProvider source;
    private ResolvedProvider destination;

    @BeforeEach
    void register() {
        source = memoryProvider("source");
        destination = memoryProvider("destination");
    }

    @Test
    void equalStoresPass() {
        both("a", "b", "c");
        long job = verifyJob("");

        run(job);

        assertThat(ended(job)).isEqualTo("completed success passed -");
        assertThat(counters(job)).isEqualTo("3 0 0 0 3 0 0").isEqualTo(counted(job));
        assertThat(number("SELECT count(*) FROM document_copies WHERE job_id = ?", job))
                .isZero();
        assertThat(number("SELECT sum(bytes_transferred) FROM migration_items WHERE migration_job_id = ?", job))
                .isZero();
    }

    @Test
    void everyDocumentOfEitherSideIsAccountedFor() {
        both("equal", "changed", "lost");
        different.add("changed");
        missing.add("lost");
        put(destination, "added/later", "12345");
        long job = verifyJob("");

        run(job);

        assertThat(ended(job)).isEqualTo("completed partial failed -");
        assertThat(counters(job)).isEqualTo("4 0 0 0 1 3 0").isEqualTo(counted(job));
        assertThat(items(job))
                .containsExactlyInAnyOrder(
                        "equal equal completed - true 5 1",
                        "changed changed failed CONTENT_HASH_MISMATCH false 5 1",
                        "lost lost failed DEST_NOT_FOUND - - 1",
                        "destination://added/later added/later failed DEST_EXTRA - 5 0");
        assertThat(text(
                        "SELECT concat_ws(' ', source_content_hash, dest_content_hash, size_bytes, is_retryable, attempt_count)"
                                + " FROM migration_items WHERE migration_job_id = ? AND source_provider_id = 'changed'",
                        job))
                .isEqualTo(TinyWorker.HASH + " " + OTHER + " 10 f 1");
        assertThat(texts("SELECT error_code FROM migration_attempts WHERE migration_job_id = ?", job))
                .containsExactlyInAnyOrder("CONTENT_HASH_MISMATCH", "DEST_NOT_FOUND");
        assertThat(number("SELECT scanned_bytes FROM migration_job_progress WHERE job_id = ?", job))
                .isEqualTo(30);
    }

    @Test
    void aRetryComparesWhatFailedAndLooksForExtraDocumentsAnew() {
        both("equal", "changed", "lost");
        different.add("changed");
        missing.add("lost");
        put(destination, "extra", "12345");
        put(destination, "stays", "12345");
        long job = verifyJob("");
        run(job);
        different.clear();
        missing.clear();
        done(store(destination).delete(new DocumentKey("extra"), Precondition.none()));

        try (TinyWorker worker = new TinyWorker(broker, this::compare)) {
            retry(job);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(ended(job)).startsWith("completed"));
        }

        assertThat(ended(job)).isEqualTo("completed partial failed -");
        assertThat(counters(job)).isEqualTo("4 0 0 0 3 1 0").isEqualTo(counted(job));
        assertThat(items(job))
                .contains("changed changed completed - true 5 2", "destination://stays stays failed DEST_EXTRA - 5 0");
    }

    @Test
    void aPartOfTheSourceSaysNothingAboutTheRestOfTheDestination() {
        both("a", "b");
        put(destination, "extra", "12345");
        long job = verifyJob(", filter_criteria = '{\"minSizeBytes\": 1}'");
        update("UPDATE migration_jobs SET validate_after_migration = false WHERE id = ?", job);

        run(job);

        assertThat(ended(job)).isEqualTo("completed success - -");
    }

    @Test
    void aFolderIsComparedWithTheSameFolder() {
        both("in/a", "out/b");
        put(destination, "in/extra", "12345");
        put(destination, "out/extra", "12345");
        long job = verifyJob(", filter_criteria = '{\"pathPrefix\": \"in\"}'");

        run(job);

        assertThat(items(job))
                .containsExactlyInAnyOrder(
                        "in/a in/a completed - true 5 1", "destination://in/extra in/extra failed DEST_EXTRA - 5 0");
    }

    @Test
    void theCounterpartOfWhatCouldNotBeReadIsNotCalledExtra() {
        both("a", "unreadable");
        put(destination, "extra", "12345");
        long job = verifyJob("");
        update(
                "INSERT INTO migration_items (migration_job_id, source_provider_id, status, error_code, completed_at)"
                        + " VALUES (?, 'unreadable', 'failed', 'SOURCE_PERMISSION_DENIED', now())",
                job);
        update("UPDATE migration_job_progress SET scanned = 1, failed = 1 WHERE job_id = ?", job);

        run(job);

        assertThat(counters(job)).isEqualTo("3 0 0 0 1 2 0").isEqualTo(counted(job));
        assertThat(text(
                        "SELECT error_message FROM migration_items WHERE migration_job_id = ? AND error_code = 'DEST_EXTRA'",
                        job))
                .contains("may be the counterpart");
    }

    @Test
    void moreDifferencesThanTheJobBearsStopIt() {
        both("a");
        put(destination, "extra-1", "x");
        put(destination, "extra-2", "x");
        long job = verifyJob(", max_failures = '1'");

        run(job);

        assertThat(ended(job)).startsWith("failed failed - MAX_FAILURES: 2 of 3");
    }

    @Test
    void theClaimsComeBackWithoutAnyDocument() {
        both("a");
        long job = verifyJob("");
        UUID uuid = UUID.fromString(text("SELECT job_uuid FROM migration_jobs WHERE id = ?", job));

        run(job);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(text("SELECT claims_released_at FROM migration_jobs WHERE id = ?", job))
                        .isNotNull());
        assertThat(RegistryStandIn.claim(destination.providerUuid(), uuid)).contains("\"documents\":0");
    }

    private void run(long job) {
        try (TinyWorker worker = new TinyWorker(broker, this::compare)) {
            start(job);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(status(job)).isIn("completed", "failed"));
            assertThat(worker.seen())
                    .filteredOn(task -> task.ref().jobId() == job)
                    .allSatisfy(task -> assertThat(task).isInstanceOf(CompareTask.class));
        }
    }

    private List<MigrationEvent> compare(MigrationTask task) {
        String key = task.source().key();
        boolean gone = missing.contains(key);
        String there = different.contains(key) ? OTHER : TinyWorker.HASH;
        return List.of(
                new Started(task.ref(), null),
                new Compared(
                        task.ref(),
                        new UUID(0, task.ref().itemId()),
                        key,
                        TinyWorker.HASH,
                        gone ? null : there,
                        task.source().revision(),
                        gone ? null : "d1",
                        10,
                        gone ? null : 5L,
                        7,
                        3,
                        List.of()));
    }

    private void both(String... keys) {
        for (String key : keys) {
            put(source, key, "0123456789");
            put(destination, key, "12345");
        }
    }

    private long verifyJob(String more) {
        return job(
                source.providerUuid(),
                destination.providerUuid(),
                "strategy = 'verify', validate_after_migration = true" + more);
    }

    private void retry(long job) {
        try {
            JobDefinition definition =
                    VertxContextSupport.subscribeAndAwait(() -> definitions.find(new JobRef.ById(job)));
            assertThat(done(retries.all(definition, USER))).isInstanceOf(Transition.Done.class);
        } catch (RuntimeException | Error problem) {
            throw problem;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String ended(long job) {
        return text(
                "SELECT concat_ws(' ', status, coalesce(outcome, '-'), coalesce(validation_status, '-'), coalesce(status_reason, '-'))"
                        + " FROM migration_jobs WHERE id = ?",
                job);
    }

    /** Keys, status, code, whether both are equal, size at the destination and number of dispatches. */
    private List<String> items(long job) {
        return texts(
                "SELECT concat_ws(' ', source_provider_id, dest_provider_id, status, coalesce(error_code, '-'),"
                        + " coalesce(content_match::text, '-'), coalesce(dest_size_bytes::text, '-'), epoch)"
                        + " FROM migration_items WHERE migration_job_id = ?",
                job);
    }
}
