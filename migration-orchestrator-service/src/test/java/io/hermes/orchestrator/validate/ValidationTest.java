package io.hermes.orchestrator.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.contract.job.Strategy;
import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.edge.testing.RegistryStandIn;
import io.hermes.orchestrator.job.JobDefinition;
import io.hermes.orchestrator.job.JobRef;
import io.hermes.orchestrator.job.Jobs;
import io.hermes.orchestrator.job.Retry;
import io.hermes.orchestrator.job.Transition;
import io.hermes.orchestrator.plan.FilterCriteria;
import io.hermes.orchestrator.state.Accounts;
import io.hermes.orchestrator.state.CounterChange;
import io.hermes.orchestrator.testing.EngineTest;
import io.hermes.storage.DelegatingStore;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.Precondition;
import io.hermes.storage.StorageException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens between the last document of a copy job and its end. */
@QuarkusTest
class ValidationTest extends EngineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TEXT = "0123456789";

    @Inject
    Accounts accounts;

    @Inject
    Findings findings;

    @Inject
    Jobs definitions;

    @Inject
    Retry retries;

    @Inject
    MeterRegistry meters;

    private ResolvedProvider destination;

    @BeforeEach
    void register() {
        destination = memoryProvider("destination");
    }

    @Test
    void aJobWhoseDocumentsAllStandThereHasPassed() {
        long job = copiedJob(3);
        double passed = validations("passed");

        finishTest(job);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(status(job)).isEqualTo("completed"));
        assertThat(ended(job)).isEqualTo("success passed - 3 0");
        assertThat(phase(job)).isEqualTo("finished");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(validations("passed")).isGreaterThan(passed));
        assertThat(number("SELECT validation_pass FROM migration_job_progress WHERE job_id = ?", job))
                .isOne();
        assertThat(counters(job)).isEqualTo("3 0 0 0 3 0 0").isEqualTo(counted(job));
    }

    @Test
    void whatIsGoneOrAnotherStateIsNamedAndTheItemsStayAsTheyWere() {
        long job = copiedJob(4);
        delete("doc-1");
        put(destination, "doc-2", TEXT);
        put(destination, "doc-3", "longer than it was");
        String before = items(job);
        double failed = validations("failed");

        finishTest(job);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(status(job)).isEqualTo("completed"));
        assertThat(ended(job))
                .startsWith("partial failed VALIDATION_FAILED: 3 of 4 migrated documents")
                .endsWith(" 1 3");
        assertThat(errors(job)).isEqualTo("doc-1 DEST_NOT_FOUND, doc-2 DEST_CHANGED, doc-3 DEST_CHANGED");
        assertThat(items(job)).isEqualTo(before);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(validations("failed")).isGreaterThan(failed));
        assertThat(counters(job)).isEqualTo("4 0 0 0 4 0 0").isEqualTo(counted(job));
    }

    @Test
    void aDocumentWhoseRevisionNobodyToldIsBelievedByItsSize() {
        long job = copiedJob(1);
        update("UPDATE migration_items SET dest_revision = NULL WHERE migration_job_id = ?", job);
        put(destination, "doc-1", "9876543210");

        finishTest(job);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(status(job)).isEqualTo("completed"));
        assertThat(ended(job)).isEqualTo("success passed - 1 0");
    }

    @Test
    void nothingIsLookedAtWhereNothingWasBroughtOrNobodyAsked() {
        long nothing = copiedJob(0);
        long notAsked = copiedJob(1);
        update("UPDATE migration_jobs SET validate_after_migration = false WHERE id = ?", notAsked);

        finishTest(nothing);
        finishTest(notAsked);

        assertThat(ended(nothing)).isEqualTo("success - - 0 0");
        assertThat(ended(notAsked)).isEqualTo("success - - 0 0");
    }

    @Test
    void manyDocumentsAreListedAndOnlyTheOthersAreLookedAt() {
        long job = copiedJob(25);
        delete("doc-7");
        put(destination, "doc-8", TEXT);
        put(destination, "somebody-elses", "x");
        ValidationClaim claim = claimed(job, 25);
        Counting store = new Counting(store(destination));

        run(new CopyPass(claim, store, findings, 0, 10), 100);

        assertThat(store.lists).hasValue(3);
        assertThat(store.stats).hasValue(2);
        assertThat(ended(job))
                .startsWith("partial failed VALIDATION_FAILED: 2 of 25")
                .endsWith(" 23 2");
        assertThat(errors(job)).isEqualTo("doc-7 DEST_NOT_FOUND, doc-8 DEST_CHANGED");
    }

    @Test
    void aRepeatedPageCountsNothingTwiceAndAnotherReplicaGoesOnAtTheToken() {
        long job = copiedJob(25);
        ValidationClaim lost = claimed(job, 25);
        CopyPass first = new CopyPass(lost, store(destination), findings, 0, 10);
        Stage behindOne = done(first.step(first.first())).orElseThrow();

        // When: the same page comes again, and then another replica takes over
        Stage again = done(first.step(first.first())).orElseThrow();
        assertThat(tally(job)).isEqualTo("10 0");
        ValidationClaim taken = claimed(job, 25, 2);
        Stage kept = Stage.parse(text("SELECT listing_token FROM migration_job_progress WHERE job_id = ?", job));
        assertThat(kept).isEqualTo(again).isEqualTo(behindOne);

        // Then
        assertThat(done(first.step(again))).isEmpty();
        assertThat(tally(job)).isEqualTo("10 0");
        run(new CopyPass(taken, store(destination), findings, 0, 10), kept, 100);
        assertThat(ended(job)).isEqualTo("success passed - 25 0");
    }

    @Test
    void aDestinationThatHoldsFarMoreIsNotListedToItsEnd() {
        long job = copiedJob(2);
        for (int i = 0; i < 200; i++) {
            put(destination, "a-strangers-" + i, "x");
        }
        ValidationClaim claim = claimed(job, 2);
        Counting store = new Counting(store(destination));

        run(new CopyPass(claim, store, findings, 0, 10), 100);

        assertThat(store.lists).hasValueLessThan(5);
        assertThat(store.stats).hasValue(2);
        assertThat(ended(job)).isEqualTo("success passed - 2 0");
    }

    @Test
    void whereListingIsNotAllowedEachDocumentIsLookedAt() {
        long job = copiedJob(3);
        ValidationClaim claim = claimed(job, 3);
        DocumentStore store = new DelegatingStore(store(destination)) {
            @Override
            public Uni<ListPage> list(ListRequest request) {
                return Uni.createFrom()
                        .failure(new StorageException(ErrorKind.PERMISSION_DENIED, "list", "", "not allowed"));
            }
        };

        run(new CopyPass(claim, store, findings, 0, 10), 100);

        assertThat(ended(job)).isEqualTo("success passed - 3 0");
    }

    @Test
    void anOutageIsWaitedOut() throws IOException {
        Path root = Files.createDirectories(Path.of("target", "validated").toAbsolutePath())
                .resolve(UUID.randomUUID().toString());
        destination = localProvider(root);
        long job = copiedItems(1, key -> null);

        finishTest(job);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(text("SELECT status_reason FROM migration_jobs WHERE id = ?", job))
                        .isEqualTo("provider_auth"));
        assertThat(status(job)).isEqualTo("running");

        Path ready = Files.createTempDirectory(root.getParent(), "ready");
        Files.writeString(ready.resolve("doc-1"), TEXT);
        Files.move(ready, root);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(status(job)).isEqualTo("completed"));
        assertThat(ended(job)).isEqualTo("success passed - 1 0");
    }

    @Test
    void aProviderThatIsGoneIsNoSuccess() {
        long job = copiedJob(1);
        RegistryStandIn.remove(destination);
        stores.forget(destination.providerUuid());

        finishTest(job);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(status(job)).isEqualTo("completed"));
        assertThat(ended(job))
                .isEqualTo("partial failed VALIDATION_FAILED: The destination could not be looked through."
                        + " The destination provider is not registered any more. 0 0");
    }

    @Test
    void aPauseStopsTheLookAndAResumeGoesOnWithIt() {
        long job = copiedJob(25);
        ValidationClaim claim = claimed(job, 25);
        CopyPass pass = new CopyPass(claim, store(destination), findings, 0, 10);
        Stage behindOne = done(pass.step(pass.first())).orElseThrow();

        done(lifecycle.pause(job, USER));

        assertThat(status(job)).isEqualTo("paused");
        assertThat(done(pass.step(behindOne))).isEmpty();
        assertThat(tally(job)).isEqualTo("10 0");
        done(lifecycle.resume(job, USER));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(status(job)).isEqualTo("completed"));
        assertThat(ended(job)).isEqualTo("success passed - 25 0");
    }

    /** Nobody looks while a pause is pending, so the job would neither pause nor end. */
    @Test
    void aPauseThatMeetsTheLastDocumentIsKeptBeforeTheLook() {
        long job = copiedJob(3);
        update("UPDATE migration_jobs SET pending_action = 'pause' WHERE id = ?", job);

        finishTest(job);

        assertThat(status(job)).isEqualTo("paused");
        done(lifecycle.resume(job, USER));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(status(job)).isEqualTo("completed"));
        assertThat(ended(job)).isEqualTo("success passed - 3 0");
    }

    @Test
    void aCancelEndsTheLookAtOnce() {
        long job = copiedJob(3);
        ValidationClaim claim = claimed(job, 3);

        cancel(job);

        assertThat(ended(job)).isEqualTo("cancelled - - 0 0");
        assertThat(done(findings.finish(claim, Optional.empty()))).isFalse();
    }

    @Test
    void aDocumentThatIsTriedAgainMeanwhileCallsTheLookOff() {
        long job = copiedJob(2);
        update(
                "INSERT INTO migration_items (migration_job_id, source_provider_id, status, error_code, completed_at)"
                        + " VALUES (?, 'failed', 'failed', 'INTERNAL', now())",
                job);
        update("UPDATE migration_job_progress SET scanned = 3, failed = 1 WHERE job_id = ?", job);
        ValidationClaim claim = claimed(job, 2);
        long item = number("SELECT id FROM migration_items WHERE migration_job_id = ? AND status = 'failed'", job);

        retried(job, definition -> retries.one(definition, item, USER));

        assertThat(phase(job)).isEqualTo("transferring");
        assertThat(text("SELECT validation_status FROM migration_jobs WHERE id = ?", job))
                .isNull();
        assertThat(done(findings.finish(claim, Optional.empty()))).isFalse();
        assertThat(status(job)).isEqualTo("running");
    }

    @Test
    void aRetryLooksAgain() {
        long job = copiedItems(2, key -> null);
        put(destination, "doc-1", TEXT);
        finishTest(job);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(status(job)).isEqualTo("completed"));
        assertThat(ended(job))
                .startsWith("partial failed VALIDATION_FAILED: 1 of 2")
                .endsWith(" 1 1");
        put(destination, "doc-2", TEXT);

        retried(job, definition -> retries.all(definition, USER));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(ended(job)).isEqualTo("success passed - 2 0"));
        assertThat(errors(job)).isEmpty();
    }

    private void retried(long job, Function<JobDefinition, Uni<Transition>> wish) {
        try {
            JobDefinition definition =
                    VertxContextSupport.subscribeAndAwait(() -> definitions.find(new JobRef.ById(job)));
            assertThat(done(wish.apply(definition))).isInstanceOf(Transition.Done.class);
        } catch (RuntimeException | Error problem) {
            throw problem;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A job that has copied so many documents, which stand at the destination; pending, so that nobody else looks after it yet. */
    private long copiedJob(int documents) {
        return copiedItems(documents, key -> {
            put(destination, key, TEXT);
            return done(store(destination).stat(new DocumentKey(key)))
                    .revision()
                    .text();
        });
    }

    private long copiedItems(int documents, UnaryOperator<String> written) {
        ResolvedProvider source = memoryProvider("source");
        long job = job(
                source.providerUuid(),
                destination.providerUuid(),
                "started_at = now(), validate_after_migration = true");
        for (int i = 1; i <= documents; i++) {
            update(
                    "INSERT INTO migration_items (migration_job_id, source_provider_id, dest_provider_id, size_bytes, dest_revision,"
                            + " status, source_content_hash, dest_content_hash, content_match, completed_at)"
                            + " VALUES (?, ?, ?, 10, ?, 'completed', ?, ?, true, now())",
                    job,
                    "doc-" + i,
                    "doc-" + i,
                    written.apply("doc-" + i),
                    "0".repeat(64),
                    "0".repeat(64));
        }
        update(
                "UPDATE migration_job_progress SET phase = 'transferring', planning_done = true, scanned = ?, migrated = ?,"
                        + " scanned_bytes = ?, migrated_bytes = ? WHERE job_id = ?",
                documents,
                documents,
                documents * 10,
                documents * 10,
                job);
        return job;
    }

    private double validations(String result) {
        return meters.get("hermes.migration.validation")
                .tag("result", result)
                .counter()
                .count();
    }

    private void finishTest(long job) {
        update("UPDATE migration_jobs SET status = 'running' WHERE id = ?", job);
        inTransaction(
                tx -> locks.lock(tx, job).chain(locked -> accounts.book(tx, locked.orElseThrow(), CounterChange.NONE)));
    }

    private ValidationClaim claimed(long job, long migrated) {
        return claimed(job, migrated, 1);
    }

    /** The look as a replica of the test's owns it, so that the service's own leaves it alone. */
    private ValidationClaim claimed(long job, long migrated, int epoch) {
        update(
                "UPDATE migration_job_progress SET phase = 'validating', validation_pass = 1, planning_epoch = ?,"
                        + " planning_lease_until = now() + interval '10 minutes' WHERE job_id = ?",
                epoch,
                job);
        update("UPDATE migration_jobs SET status = 'running', validation_status = 'pending' WHERE id = ?", job);
        return new ValidationClaim(
                job,
                epoch,
                1,
                Optional.empty(),
                migrated,
                false,
                Strategy.COPY,
                destination.providerUuid(),
                Instant.now(),
                FilterCriteria.EVERYTHING);
    }

    private static void run(Pass pass, int mostSteps) {
        run(pass, pass.first(), mostSteps);
    }

    private static void run(Pass pass, Stage from, int mostSteps) {
        Optional<Stage> at = Optional.of(from);
        for (int step = 0; at.isPresent(); step++) {
            assertThat(step).isLessThan(mostSteps);
            at = done(pass.step(at.get()));
        }
    }

    private static ResolvedProvider localProvider(Path root) {
        UUID uuid = UUID.randomUUID();
        ResolvedProvider provider = new ResolvedProvider(
                900_001,
                uuid,
                "local-" + uuid,
                "local",
                1,
                ProviderStatus.ACTIVE,
                true,
                Map.of("base_path", root.toString()),
                Map.of(),
                null,
                false);
        RegistryStandIn.put(provider);
        return provider;
    }

    private void delete(String key) {
        done(store(destination).delete(new DocumentKey(key), Precondition.none()));
    }

    private String phase(long job) {
        return text("SELECT phase FROM migration_job_progress WHERE job_id = ?", job);
    }

    private String tally(long job) {
        return text("SELECT concat_ws(' ', validated, invalid) FROM migration_job_progress WHERE job_id = ?", job);
    }

    /** Outcome, validation, reason and tally of an ended job. */
    private String ended(long job) {
        return text(
                "SELECT concat_ws(' ', coalesce(j.outcome, '-'), coalesce(j.validation_status, '-'), coalesce(j.status_reason, '-'),"
                        + " p.validated, p.invalid) FROM migration_jobs j JOIN migration_job_progress p ON p.job_id = j.id WHERE j.id = ?",
                job);
    }

    private String errors(long job) {
        return text(
                "SELECT coalesce(string_agg(concat_ws(' ', e->>'key', e->>'code'), ', ' ORDER BY e->>'key'), '')"
                        + " FROM migration_jobs j, jsonb_array_elements(coalesce(j.validation_errors, '[]')) e WHERE j.id = ?",
                job);
    }

    private String items(long job) {
        return text(
                "SELECT string_agg(concat_ws(' ', source_provider_id, status, dest_revision, updated_at), ', ' ORDER BY id)"
                        + " FROM migration_items WHERE migration_job_id = ?",
                job);
    }

    /** Counts what is asked of a store. */
    private static final class Counting extends DelegatingStore {
        private final AtomicInteger lists = new AtomicInteger();
        private final AtomicInteger stats = new AtomicInteger();

        Counting(DocumentStore store) {
            super(store);
        }

        @Override
        public Uni<ListPage> list(ListRequest request) {
            lists.incrementAndGet();
            return store.list(request);
        }

        @Override
        public Uni<DocumentStat> stat(DocumentKey key) {
            stats.incrementAndGet();
            return store.stat(key);
        }
    }
}
