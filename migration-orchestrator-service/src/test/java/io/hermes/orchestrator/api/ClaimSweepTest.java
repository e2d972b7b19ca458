package io.hermes.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.edge.testing.RegistryStandIn;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The claims of an ended job go back with what it brought, also when the registry was away at its end. */
@QuarkusTest
class ClaimSweepTest extends ApiTest {

    private static final Duration TWO_SWEEPS = Duration.ofSeconds(20);

    @Test
    void endedJobReturnsItsClaimsOnceTheRegistryAnswers() {
        var created = admin().body(body("claims")).post(JOBS).jsonPath();
        UUID uuid = UUID.fromString(created.getString("jobUuid"));
        long id = created.getLong("id");
        RegistryStandIn.down(true);
        sql(
                "UPDATE migration_job_progress SET scanned = 7, migrated = 7, scanned_bytes = 70, migrated_bytes = 70 WHERE job_id = ?",
                id);
        sql(
                "UPDATE migration_jobs SET status = 'completed', outcome = 'success', completed_at = now() WHERE id = ?",
                id);
        await().during(Duration.ofSeconds(6))
                .atMost(TWO_SWEEPS)
                .untilAsserted(() -> assertThat(released(id)).isZero());

        RegistryStandIn.down(false);

        await().atMost(TWO_SWEEPS).untilAsserted(() -> assertThat(released(id)).isOne());
        assertThat(RegistryStandIn.claim(DESTINATION.providerUuid(), uuid))
                .isEqualTo("DELETE {\"documents\":7,\"bytes\":70}");
        assertThat(RegistryStandIn.claim(SOURCE.providerUuid(), uuid))
                .isEqualTo("DELETE {\"documents\":0,\"bytes\":0}");
    }

    private long released(long id) {
        return number("SELECT count(*) FROM migration_jobs WHERE id = ? AND claims_released_at IS NOT NULL", id);
    }
}
