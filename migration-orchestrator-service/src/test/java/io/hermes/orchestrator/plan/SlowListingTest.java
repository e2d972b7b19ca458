package io.hermes.orchestrator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.orchestrator.testing.EngineTest;
import io.hermes.orchestrator.testing.ShortLease;
import io.hermes.storage.testing.FaultProxy;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.Gate;
import io.hermes.storage.testing.ProxiedReply;
import io.hermes.storage.testing.Requests;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A page of the source may take longer than a lease. */
@QuarkusTest
@TestProfile(ShortLease.class)
class SlowListingTest extends EngineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String EMPTY =
            "<ListBucketResult><Name>documents</Name><IsTruncated>false</IsTruncated></ListBucketResult>";

    @Inject
    Planner planner;

    @Inject
    PlanningRows planning;

    @Test
    void whoWaitsForThePageKeepsTheJob() {
        try (FaultProxy server = FaultProxy.alone()) {
            // Given: a page that does not come
            Gate gate = new Gate();
            server.on(Requests.all(), gate);
            server.on(Requests.all(), Faults.answer(() -> ProxiedReply.of(200).text(EMPTY)));
            long job = job(bucketOf(server, "secret"), UUID.randomUUID(), "status = 'running', started_at = now()");
            done(planner.tick());
            await().atMost(PATIENCE).until(() -> gate.waiting() > 0);

            // Then: several leases later nobody else may have the job
            String claimed = text("SELECT planning_lease_until FROM migration_job_progress WHERE job_id = ?", job);
            await().atMost(PATIENCE).until(() -> isHeld(job, claimed));

            // When
            gate.open();

            // Then
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(status(job)).isEqualTo("completed"));
            assertThat(number("SELECT planning_epoch FROM migration_job_progress WHERE job_id = ?", job))
                    .isOne();
        }
    }

    /**
     * Whether two more leases have passed, the job is held, and another replica did not get it: all by the time at which one transaction
     * began.
     */
    private boolean isHeld(long job, String claimed) {
        return inTransaction(tx -> tx.preparedQuery(
                        "SELECT now() > $2::text::timestamptz + interval '1.8 seconds' AND planning_lease_until > now()"
                                + " FROM migration_job_progress WHERE job_id = $1 FOR NO KEY UPDATE")
                .execute(Tuple.of(job, claimed))
                .map(rows -> rows.iterator().next().getBoolean(0))
                .call(held -> held
                        ? planning.claim(tx, "another")
                                .invoke(taken -> assertThat(taken).isEmpty())
                        : Uni.createFrom().voidItem()));
    }
}
