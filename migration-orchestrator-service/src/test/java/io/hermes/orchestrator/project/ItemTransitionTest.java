package io.hermes.orchestrator.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.contract.event.Deferred;
import io.hermes.contract.event.ErrorCode;
import io.hermes.contract.event.Failed;
import io.hermes.contract.event.Skipped;
import io.hermes.contract.event.Started;
import io.hermes.contract.event.Succeeded;
import io.hermes.contract.event.TaskEvent;
import io.hermes.contract.job.ConflictPolicy;
import io.hermes.contract.job.Strategy;
import io.hermes.contract.job.Verify;
import io.hermes.contract.task.TaskRef;
import io.hermes.orchestrator.item.Item;
import io.hermes.orchestrator.item.ItemChange;
import io.hermes.orchestrator.item.Standing;
import io.hermes.orchestrator.state.Counters;
import io.hermes.orchestrator.state.JobStatus;
import io.hermes.orchestrator.state.JobTerms;
import io.hermes.orchestrator.state.LockedJob;
import io.hermes.orchestrator.state.PendingAction;
import io.hermes.orchestrator.testing.TinyWorker;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ItemTransitionTest {

    private static final int EPOCH = 3;
    private static final UUID JOB = new UUID(0, 1);
    private static final RetryDelay DELAY = new RetryDelay(Duration.ofSeconds(2), Duration.ofMinutes(5), () -> 0.5);

    @ParameterizedTest
    @CsvSource({
        // standing, event, epoch of the event, standing after; nothing after means: unchanged
        "QUEUED,     started,   3, COPYING",
        "QUEUED,     started,   2,",
        "COPYING,    started,   3,",
        "RETRY,      started,   3,",
        "READY,      started,   3,",
        "QUEUED,     succeeded, 3, COMPLETED",
        "COPYING,    succeeded, 3, COMPLETED",
        "COPYING,    succeeded, 2, COMPLETED",
        "RETRY,      succeeded, 3, COMPLETED",
        "DEFERRED,   succeeded, 1, COMPLETED",
        "READY,      succeeded, 2, COMPLETED",
        "COPYING,    succeeded, 4,",
        "COPYING,    other,     3, COMPLETED",
        "COPYING,    other,     2,",
        "RETRY,      other,     3,",
        "RELEASING,  succeeded, 3,",
        "COPYING,    skipped,   3, SKIPPED",
        "COPYING,    skipped,   2,",
        "RETRY,      skipped,   3,",
        "COPYING,    failed,    3, RETRY",
        "QUEUED,     failed,    3, RETRY",
        "COPYING,    failed,    2,",
        "RETRY,      failed,    3,",
        "COPYING,    fatal,     3, FAILED",
        "COPYING,    deferred,  3, DEFERRED",
        "COPYING,    deferred,  2,",
        "DEFERRED,   deferred,  3,",
        "RELEASING,  failed,    3, RELEASE_PENDING",
    })
    void anEventCountsOnlyForTheDispatchThatItAnswers(Standing standing, String event, int epoch, Standing after) {
        Optional<ItemChange> change = apply(item(standing, 0), event(event, epoch));

        assertThat(change.map(found -> found.item().standing())).isEqualTo(Optional.ofNullable(after));
    }

    @ParameterizedTest
    @EnumSource(
            value = Standing.class,
            names = {"COMPLETED", "FAILED", "SKIPPED"})
    void aClosedItemNeverChanges(Standing closed) {
        for (String event : new String[] {"started", "succeeded", "other", "skipped", "failed", "fatal", "deferred"}) {
            assertThat(apply(item(closed, 0), event(event, EPOCH))).as(event).isEmpty();
        }
    }

    @Test
    void theLastAttemptFailsTheItem() {
        assertThat(apply(item(Standing.COPYING, 2), event("failed", EPOCH)))
                .hasValueSatisfying(
                        change -> assertThat(change.item().standing()).isEqualTo(Standing.FAILED));
    }

    @Test
    void anOutageCostsNoAttempt() {
        assertThat(apply(item(Standing.COPYING, 2), event("deferred", EPOCH)))
                .hasValueSatisfying(
                        change -> assertThat(change.item().attempts()).isEqualTo(2));
    }

    @Test
    void aSuccessWithoutProofIsAFailure() {
        Succeeded good = TinyWorker.succeeded(ref(EPOCH), "r1", 10);
        Succeeded unproven = new Succeeded(
                good.ref(),
                good.documentUuid(),
                good.destKey(),
                good.sourceHash(),
                "0".repeat(64),
                "r1",
                "d1",
                null,
                10,
                5,
                2,
                Verify.STORE_CHECKED,
                false,
                null);

        assertThat(apply(item(Standing.COPYING, 0), unproven)).hasValueSatisfying(change -> {
            assertThat(change.item().standing()).isEqualTo(Standing.RETRY);
            assertThat(change.trouble().code()).isEqualTo("CONTENT_HASH_MISMATCH");
        });
    }

    @Test
    void theFirstAnnouncedReplacementStays() {
        Item copying = apply(item(Standing.QUEUED, 0), new Started(ref(EPOCH), "old"))
                .orElseThrow()
                .item();

        assertThat(copying.replacedRevision()).isEqualTo("old");
        assertThat(apply(copying, new Started(ref(EPOCH), "other"))).isEmpty();
    }

    @Test
    void whatComesBackToAStoppingJobIsPlainlyReady() {
        LockedJob stopping = job().with(PendingAction.CANCEL, Optional.empty());

        assertThat(new ItemTransition(stopping, DELAY).apply(item(Standing.COPYING, 0), event("failed", EPOCH), "w"))
                .hasValueSatisfying(change -> {
                    assertThat(change.item().standing()).isEqualTo(Standing.READY);
                    assertThat(change.waitMillis()).isNull();
                });
    }

    @Test
    void waitsDoubleUpToTheCapAndHeedTheStore() {
        assertThat(DELAY.millisAfter(1, null)).isEqualTo(2000);
        assertThat(DELAY.millisAfter(3, null)).isEqualTo(8000);
        assertThat(DELAY.millisAfter(40, null)).isEqualTo(300_000);
        assertThat(DELAY.millisAfter(1, 60_000L)).isEqualTo(60_000);
    }

    private static Optional<ItemChange> apply(Item item, TaskEvent event) {
        return new ItemTransition(job(), DELAY).apply(item, event, "w");
    }

    private static TaskEvent event(String name, int epoch) {
        TaskRef ref = ref(epoch);
        return switch (name) {
            case "started" -> new Started(ref, null);
            case "succeeded" -> TinyWorker.succeeded(ref, "r1", 10);
            case "other" -> TinyWorker.succeeded(ref, "r2", 10);
            case "skipped" -> new Skipped(ref, Skipped.Reason.IDENTICAL, null, null, null, null, "r1", null, 10, 1, 1);
            case "failed" -> new Failed(ref, ErrorCode.TIMEOUT, "slow", true, null, 1);
            case "fatal" -> new Failed(ref, ErrorCode.SOURCE_NOT_FOUND, "gone", false, null, 1);
            default ->
                new Deferred(
                        ref,
                        UUID.randomUUID(),
                        Deferred.Reason.PROVIDER_UNAVAILABLE,
                        ErrorCode.DEST_UNAVAILABLE,
                        "down",
                        1000);
        };
    }

    private static TaskRef ref(int epoch) {
        return new TaskRef(JOB, 1, 7, epoch);
    }

    private static Item item(Standing standing, int attempts) {
        return new Item(7, 1, "doc", standing, EPOCH, attempts, 3, 10, "r1", null);
    }

    private static LockedJob job() {
        JobTerms terms = new JobTerms(
                Strategy.COPY,
                ConflictPolicy.SKIP_IDENTICAL,
                Verify.STORE_CHECKED,
                new UUID(0, 2),
                new UUID(0, 3),
                32,
                Optional.empty(),
                3,
                false,
                Optional.empty(),
                "{}");
        return new LockedJob(
                1,
                JOB,
                terms,
                JobStatus.RUNNING,
                Optional.empty(),
                Optional.empty(),
                true,
                1,
                new Counters(1, 0, 1, 0, 0, 0, 0),
                0,
                1,
                false);
    }
}
