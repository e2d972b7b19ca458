package io.hermes.orchestrator.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hermes.contract.event.ErrorCode;
import io.hermes.contract.event.Failed;
import io.hermes.contract.event.MigrationEvent;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.contract.task.MigrationTask;
import io.hermes.orchestrator.state.Accounts;
import io.hermes.orchestrator.state.CounterChange;
import io.hermes.orchestrator.state.JobStates;
import io.hermes.orchestrator.state.PendingAction;
import io.hermes.orchestrator.testing.EngineTest;
import io.hermes.orchestrator.testing.TinyWorker;
import io.hermes.orchestrator.timeline.Timeline;
import io.hermes.orchestrator.timeline.TimelineEntry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What the timeline tells, and that it tells it if and only if it happened. */
@QuarkusTest
class TimelineTest extends EngineTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Inject
    Timeline timeline;

    @Inject
    JobStates states;

    @Inject
    Accounts accounts;

    @Inject
    Jobs jobs;

    @Inject
    Retry retry;

    @Inject
    Skip skip;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String broker;

    private List<String> told(long job) {
        return texts(
                "SELECT kind || '|' || coalesce(actor, '') || '|' || sentence FROM migration_timeline WHERE migration_job_id = ? ORDER BY id",
                job);
    }

    private String fields(long job, String kind) {
        return text(
                "SELECT fields::text FROM migration_timeline WHERE migration_job_id = ? AND kind = ? ORDER BY id LIMIT 1",
                job,
                kind);
    }

    @Test
    void aRunTellsItsPlanAndItsEndAndNoDocument() {
        ResolvedProvider source = memoryProvider("told");
        put(source, "a.md", "a");
        put(source, "b.md", "b");
        put(source, "c.md", "c");
        long job = job(source.providerUuid(), UUID.randomUUID(), "max_attempts = 1");
        try (TinyWorker worker = new TinyWorker(broker, this::cFails)) {
            start(job);
            await().atMost(LONG).untilAsserted(() -> assertThat(status(job)).isEqualTo("completed"));
        }

        assertThat(told(job))
                .containsExactly(
                        "started|alice|alice started the job.",
                        "planned||3 documents planned.",
                        "ended||Ended: completed, outcome partial; 2 migrated, 1 failed and 0 skipped of 3 documents.");
        assertThat(fields(job, "planned")).isEqualTo("{\"documents\": 3}");
        assertThat(fields(job, "ended"))
                .contains("\"outcome\": \"partial\"", "\"migrated\": 2", "\"failed\": 1", "\"total\": 3");
    }

    private List<MigrationEvent> cFails(MigrationTask task) {
        return task.source().key().equals("c.md")
                ? List.of(new Failed(task.ref(), ErrorCode.DEST_QUOTA_EXCEEDED, "Full.", false, null, 1))
                : TinyWorker.success(task);
    }

    /** Running, with a plan that is not due for an hour: nothing happens to it but what the test does. */
    private long waitingJob() {
        long job = job(UUID.randomUUID(), UUID.randomUUID(), "");
        update(
                "UPDATE migration_job_progress SET phase = 'planning', planning_retry_at = now() + interval '1 hour' WHERE job_id = ?",
                job);
        update("UPDATE migration_jobs SET status = 'running', started_at = now() WHERE id = ?", job);
        return job;
    }

    @Test
    void whatIsAskedTwiceIsToldOnce() {
        long job = waitingJob();

        done(lifecycle.pause(job, "bob"));
        done(lifecycle.pause(job, USER));
        done(lifecycle.resume(job, USER));
        done(lifecycle.resume(job, "bob"));
        done(lifecycle.cancel(job, USER));
        done(lifecycle.cancel(job, "bob"));

        assertThat(told(job))
                .containsExactly(
                        "pausing|bob|bob paused the job.",
                        "paused||The job is paused; nothing of it is in flight.",
                        "resumed|alice|alice resumed the job.",
                        "cancelling|alice|alice cancelled the job.",
                        "ended||Ended: cancelled, outcome cancelled; 0 migrated, 0 failed and 0 skipped of 0 documents.");
    }

    @Test
    void aTransactionThatIsRolledBackTellsNothing() {
        long job = waitingJob();

        assertThatThrownBy(() -> inTransaction(tx -> locks.lock(tx, job)
                        .chain(found ->
                                states.request(tx, found.orElseThrow(), PendingAction.FAIL, Optional.of("X: y")))
                        .chain(() -> Uni.createFrom().failure(new IllegalArgumentException("no commit")))))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(told(job)).isEmpty();
    }

    @Test
    void aProviderThatIsHeldIsNamedAndToldOncePerOutage() {
        long job = waitingJob();
        update(
                "INSERT INTO provider_holds (provider_uuid, reason, retry_at, retry_after_ms)"
                        + " SELECT dest_provider_uuid, 'provider_unavailable', now() + interval '1 hour', 1000 FROM migration_jobs WHERE id = ?",
                job);
        Optional<String> reason = Optional.of("provider_unavailable");

        inTransaction(tx -> locks.lock(tx, job).chain(found -> states.explain(tx, found.orElseThrow(), reason)));
        inTransaction(tx -> locks.lock(tx, job).chain(found -> states.explain(tx, found.orElseThrow(), reason)));
        update("DELETE FROM provider_holds");
        inTransaction(
                tx -> locks.lock(tx, job).chain(found -> states.explain(tx, found.orElseThrow(), Optional.empty())));

        assertThat(told(job))
                .containsExactly(
                        "provider_held||destination does not answer as it should; the job waits and asks again from time to time.",
                        "provider_returned||The store answers again; the job goes on.");
    }

    /** All failed, the first with TIMEOUT, the others with INTERNAL. */
    private long failedJob(int documents, String state) {
        long job =
                job(memoryProvider("from").providerUuid(), memoryProvider("to").providerUuid(), "");
        update(
                "INSERT INTO migration_items (migration_job_id, source_provider_id, size_bytes, status, error_code, completed_at)"
                        + " SELECT ?, 'doc-' || n, 10, 'failed', CASE WHEN n = 1 THEN 'TIMEOUT' ELSE 'INTERNAL' END, now()"
                        + " FROM generate_series(1, ?) n",
                job,
                documents);
        update(
                "UPDATE migration_job_progress SET phase = 'transferring', planning_done = true, scanned = ?, failed = ?,"
                        + " scanned_bytes = ?, failed_bytes = ? WHERE job_id = ?",
                documents,
                documents,
                documents * 10,
                documents * 10,
                job);
        update("UPDATE migration_jobs SET " + state + " WHERE id = ?", job);
        return job;
    }

    private void asUser(long job, Function<JobDefinition, Uni<?>> wish) {
        try {
            JobDefinition definition = VertxContextSupport.subscribeAndAwait(() -> jobs.find(new JobRef.ById(job)));
            done(wish.apply(definition));
        } catch (RuntimeException problem) {
            throw problem;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void tooManyFailuresAreToldWithTheirLimit() {
        long job = failedJob(2, "status = 'running', started_at = now(), max_failures = '0'");

        inTransaction(
                tx -> locks.lock(tx, job).chain(found -> accounts.book(tx, found.orElseThrow(), CounterChange.NONE)));

        assertThat(told(job))
                .satisfiesExactly(
                        entry -> assertThat(entry)
                                .startsWith(
                                        "stopping||Stopped by maxFailures: 2 of 2 documents have failed, and the job bears no more than 0."),
                        entry -> assertThat(entry)
                                .startsWith("ended||Ended: failed, outcome failed; 0 migrated, 2 failed"));
        assertThat(fields(job, "stopping")).contains("\"code\": \"MAX_FAILURES\"");
    }

    @Test
    void aRetryAndASkipTellWhoAndHowMany() {
        long job = failedJob(4, "status = 'paused', started_at = now(), paused_at = now()");
        long item = number(
                "SELECT id FROM migration_items WHERE migration_job_id = ? AND source_provider_id = 'doc-1'", job);

        asUser(job, known -> retry.withCode(known, ErrorCode.INTERNAL, "bob"));
        asUser(job, known -> retry.withCode(known, ErrorCode.INTERNAL, "bob"));
        asUser(job, known -> retry.one(known, item, USER));
        done(skip.one(job, item, USER));

        assertThat(told(job))
                .containsExactly(
                        "retrying|bob|bob had 3 documents with INTERNAL tried once more.",
                        "retrying|alice|alice had 1 document (" + item + ") tried once more.",
                        "skipped|alice|alice let the job go on without document " + item + ".");
    }

    @Test
    void noKindFillsTheTableAndNoEntryIsChanged() {
        long job = job(UUID.randomUUID(), UUID.randomUUID(), "");
        update(
                "INSERT INTO migration_timeline (migration_job_id, kind, sentence) SELECT ?, 'provider_held', 'x' FROM generate_series(1, 999)",
                job);

        for (int i = 0; i < 3; i++) {
            inTransaction(tx -> timeline.append(tx, job, TimelineEntry.held("s3", "provider_auth")));
            inTransaction(tx -> timeline.append(tx, job, TimelineEntry.planned(1)));
        }

        assertThat(told(job).stream().filter(entry -> entry.startsWith("provider_held")))
                .hasSize(1000);
        assertThat(told(job).stream().filter(entry -> entry.startsWith("planned")))
                .hasSize(3);
        assertThatThrownBy(() -> update("UPDATE migration_timeline SET sentence = 'y' WHERE migration_job_id = ?", job))
                .hasMessageContaining("never changed");
    }
}
