package io.hermes.orchestrator.validate;

import io.hermes.orchestrator.testing.DrivenEngine;
import io.hermes.orchestrator.testing.EngineTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who looks at a destination has its lease from the moment in which it is given. */
@QuarkusTest
@TestProfile(DrivenEngine.class)
class ValidationLeaseTest extends EngineTest {

    @Inject
    ValidationRows rows;

    @Test
    void theLeaseOfAValidatorIsWhole() {
        long job = plannedJob(1, "validation_status = 'pending'");

        String claimed = inOlderTransaction(tx -> rows.claim(tx, "replica"));
        hasAnHour("planning_lease_until", job, claimed);

        String advanced = inOlderTransaction(tx -> rows.advance(tx, job, new Stage.Looking(0), 0, 0));
        hasAnHour("planning_lease_until", job, advanced);

        String waiting = inOlderTransaction(tx -> rows.waitFor(tx, job, Duration.ofHours(1), "down"));
        hasAnHour("planning_retry_at", job, waiting);
    }

    private void hasAnHour(String column, long job, String from) {
        assertAnHourBehind(from, "SELECT " + column + " FROM migration_job_progress WHERE job_id = ?", job);
    }
}
