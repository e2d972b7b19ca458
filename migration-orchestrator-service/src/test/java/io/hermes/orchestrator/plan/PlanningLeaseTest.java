package io.hermes.orchestrator.plan;

import io.hermes.orchestrator.testing.DrivenEngine;
import io.hermes.orchestrator.testing.EngineTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who plans has its lease from the moment in which it is given, also where the transaction that gives it has waited. */
@QuarkusTest
@TestProfile(DrivenEngine.class)
class PlanningLeaseTest extends EngineTest {

    @Inject
    PlanningRows planning;

    @Test
    void theLeaseOfAPlannerIsWhole() {
        long job = job(UUID.randomUUID(), UUID.randomUUID(), "status = 'running', started_at = now()");

        String claimed = inOlderTransaction(tx -> planning.claim(tx, "replica"));
        hasAnHour("planning_lease_until", job, claimed);

        PlanClaim claim = reclaimed(job);
        String advanced = inOlderTransaction(tx -> planning.advance(tx, claim, Optional.of("token"), false));
        hasAnHour("planning_lease_until", job, advanced);

        String waiting = inOlderTransaction(tx -> planning.waitFor(tx, claim, Duration.ofHours(1), "down"));
        hasAnHour("planning_retry_at", job, waiting);
    }

    private PlanClaim reclaimed(long job) {
        update("UPDATE migration_job_progress SET planning_lease_until = NULL WHERE job_id = ?", job);
        return inTransaction(tx -> planning.claim(tx, "replica")).orElseThrow();
    }

    private void hasAnHour(String column, long job, String from) {
        assertAnHourBehind(from, "SELECT " + column + " FROM migration_job_progress WHERE job_id = ?", job);
    }
}
