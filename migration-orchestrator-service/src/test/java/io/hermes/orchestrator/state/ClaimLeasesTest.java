package io.hermes.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.orchestrator.testing.EngineTest;
import io.hermes.orchestrator.testing.ShortLease;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who works keeps the lease; who has died, was overtaken or hangs does not. Everything is told by the database's clock. */
@QuarkusTest
@TestProfile(ShortLease.class)
class ClaimLeasesTest extends EngineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LEASE = Duration.ofMillis(600);
    private static final Duration FOR_EVER = Duration.ofDays(1);
    private static final Duration BOUND = Duration.ofSeconds(4);

    @Inject
    @ReactiveDataSource("flow")
    Pool pool;

    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final CompletableFuture<Throwable> end = new CompletableFuture<>();
    private long job;
    private String claimed;
    private Cancellable work = () -> {};

    private record Claim(long jobId, int epoch) implements Takeover.Claim {}

    @BeforeEach
    void claim() {
        job = claimedJob();
        claimed = leaseUntil(job);
    }

    @AfterEach
    void stop() {
        work.cancel();
    }

    private long claimedJob() {
        long claimedJob = job(UUID.randomUUID(), UUID.randomUUID(), "");
        update(
                "UPDATE migration_job_progress SET planning_owner = 'replica', planning_epoch = 3,"
                        + " planning_lease_until = now() + interval '600 milliseconds' WHERE job_id = ?",
                claimedJob);
        return claimedJob;
    }

    @Test
    void ofAKilledOneTheLeaseRunsOut() {
        begin(job, 3, FOR_EVER);
        await().atMost(PATIENCE).until(() -> hasPassed(claimed) && !hasPassed(leaseUntil(job)));

        work.cancel();

        assertThat(cancelled).isTrue();
        await().atMost(PATIENCE).until(() -> hasPassed(leaseUntil(job)));
        assertRenewedNoMore();
    }

    @Test
    void whatHasEndedIsRenewedNoMore() {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        work = leases(FOR_EVER)
                .keptDuring(new Claim(job, 3), Uni.createFrom().completionStage(ended))
                .subscribe()
                .with(done -> end.complete(null), end::complete);
        await().atMost(PATIENCE).until(() -> hasPassed(claimed) && !hasPassed(leaseUntil(job)));

        ended.complete(null);

        assertThat(end.join()).isNull();
        await().atMost(PATIENCE).until(() -> hasPassed(leaseUntil(job)));
        assertRenewedNoMore();
    }

    /** The next transaction of the work finds that out; until then it does no harm. */
    @Test
    void whatAnotherHasTakenOrWasGivenBackIsLeftAlone() {
        // Given: a claim that was overtaken, one that was given back, and one that is held
        long taken = claimedJob();
        update(
                "UPDATE migration_job_progress SET planning_epoch = 4, planning_lease_until = now() + interval '1 hour' WHERE job_id = ?",
                taken);
        String others = leaseUntil(taken);
        long givenBack = claimedJob();
        update(
                "UPDATE migration_job_progress SET planning_owner = NULL, planning_lease_until = NULL WHERE job_id = ?",
                givenBack);

        // When
        Cancellable first = begin(taken, 3, FOR_EVER);
        Cancellable second = begin(givenBack, 3, FOR_EVER);
        begin(job, 3, FOR_EVER);
        await().atMost(PATIENCE).until(() -> hasPassed(claimed) && !hasPassed(leaseUntil(job)));
        first.cancel();
        second.cancel();

        // Then
        assertThat(leaseUntil(taken)).isEqualTo(others);
        assertThat(leaseUntil(givenBack)).isNull();
        assertThat(end).isNotDone();
    }

    @Test
    void whatHangsIsGivenUpAfterTheBound() {
        long before = System.nanoTime();

        begin(job, 3, BOUND);

        assertThat(end.join()).isInstanceOf(ClaimLeases.StepHangs.class);
        assertThat(System.nanoTime() - before).isGreaterThan(BOUND.toNanos());
        assertThat(cancelled).isTrue();
        await().atMost(PATIENCE).until(() -> hasPassed(leaseUntil(job)));
        assertRenewedNoMore();
    }

    @Test
    void theBoundIsThatOfAStep() {
        begin(job, 3, BOUND);
        await().atMost(PATIENCE).until(() -> hasPassed(claimed) && !hasPassed(leaseUntil(job)));

        long committed = System.nanoTime();
        update("UPDATE migration_job_progress SET listing_token = 'next' WHERE job_id = ?", job);

        assertThat(end.join()).isInstanceOf(ClaimLeases.StepHangs.class);
        assertThat(System.nanoTime() - committed).isGreaterThan(BOUND.toNanos());
    }

    private ClaimLeases leases(Duration longestStep) {
        return new ClaimLeases(pool, LEASE, longestStep);
    }

    /** Work that never ends by itself. */
    private Cancellable begin(long of, int epoch, Duration longestStep) {
        work = leases(longestStep)
                .keptDuring(
                        new Claim(of, epoch),
                        Uni.createFrom().<Void>nothing().onCancellation().invoke(() -> cancelled.set(true)))
                .subscribe()
                .with(done -> end.complete(null), end::complete);
        return work;
    }

    private String leaseUntil(long of) {
        return text("SELECT planning_lease_until FROM migration_job_progress WHERE job_id = ?", of);
    }

    private boolean hasPassed(String time) {
        return "t".equals(text("SELECT clock_timestamp() > ?::timestamptz", time));
    }

    /** A renewal that was under way has come by now: a lease has passed. */
    private void assertRenewedNoMore() {
        String last = leaseUntil(job);
        await().atMost(PATIENCE)
                .until(() -> "t".equals(text("SELECT clock_timestamp() > ?::timestamptz + interval '1 second'", last)));
        assertThat(leaseUntil(job)).isEqualTo(last);
    }
}
