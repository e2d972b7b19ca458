package io.hermes.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.edge.testing.RegistryStandIn;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
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

    /** What took the place of another document made the destination hold no document more. */
    @Test
    void whatWasReplacedAddsNothing() {
        UUID uuid = ended(
                "overwriting", "copy", "completed, NULL, NULL", "completed, 'r1', NULL", "skipped, NULL, 'identical'");

        await().atMost(TWO_SWEEPS)
                .untilAsserted(() -> assertThat(RegistryStandIn.claim(DESTINATION.providerUuid(), uuid))
                        .isEqualTo("DELETE {\"documents\":1,\"bytes\":10}"));
        assertThat(RegistryStandIn.claim(SOURCE.providerUuid(), uuid))
                .isEqualTo("DELETE {\"documents\":0,\"bytes\":0}");
    }

    /** No job moves yet; the ledger knows the words already. A source that changed is kept, and still there. */
    @Test
    void whatWasReleasedIsMissingAtItsSource() {
        UUID uuid = ended(
                "moving",
                "move",
                "completed, NULL, 'released'",
                "completed, 'r1', 'released'",
                "completed, NULL, 'source_kept'");

        await().atMost(TWO_SWEEPS)
                .untilAsserted(() -> assertThat(RegistryStandIn.claim(DESTINATION.providerUuid(), uuid))
                        .isEqualTo("DELETE {\"documents\":2,\"bytes\":20}"));
        assertThat(RegistryStandIn.claim(SOURCE.providerUuid(), uuid))
                .isEqualTo("DELETE {\"documents\":-2,\"bytes\":-20}");
    }

    /** A job that ended with these documents of ten bytes, each as status, replaced revision and reason. */
    private UUID ended(String name, String strategy, String... items) {
        var created = admin().body(body(name).replace("}", ", \"conflictPolicy\": \"overwrite\"}"))
                .post(JOBS)
                .jsonPath();
        long id = created.getLong("id");
        int number = 0;
        for (String item : items) {
            String[] words = item.split(", ");
            String hash = "repeat('0', 64)";
            sql(
                    "INSERT INTO migration_items (migration_job_id, source_provider_id, size_bytes, content_match,"
                            + " source_content_hash, dest_content_hash, completed_at, status, replaced_revision, reason)"
                            + " VALUES (?, ?, 10, true, " + hash + ", " + hash + ", now(), ?, " + words[1] + ", "
                            + words[2] + ")",
                    id,
                    "document-" + number++,
                    words[0]);
        }
        long migrated =
                Stream.of(items).filter(item -> item.startsWith("completed")).count();
        long skipped = items.length - migrated;
        sql(
                "UPDATE migration_job_progress SET scanned = ?, migrated = ?, skipped = ?, scanned_bytes = ?,"
                        + " migrated_bytes = ?, skipped_bytes = ? WHERE job_id = ?",
                migrated + skipped,
                migrated,
                skipped,
                10 * (migrated + skipped),
                10 * migrated,
                10 * skipped,
                id);
        sql(
                "UPDATE migration_jobs SET strategy = ?, status = 'completed', outcome = 'success', completed_at = now() WHERE id = ?",
                strategy,
                id);
        return UUID.fromString(created.getString("jobUuid"));
    }

    private long released(long id) {
        return number("SELECT count(*) FROM migration_jobs WHERE id = ? AND claims_released_at IS NOT NULL", id);
    }
}
