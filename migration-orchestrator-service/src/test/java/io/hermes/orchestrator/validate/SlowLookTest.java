package io.hermes.orchestrator.validate;

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
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Looks at a destination may take longer than a lease. */
@QuarkusTest
@TestProfile(ShortLease.class)
class SlowLookTest extends EngineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Validator validator;

    @Test
    void whoWaitsForTheAnswerKeepsTheJob() {
        try (FaultProxy server = FaultProxy.alone()) {
            // Given: an answer that does not come
            Gate gate = new Gate();
            server.on(Requests.all(), gate);
            server.on(Requests.all(), Faults.answer(SlowLookTest::tenBytes));
            long job = copiedTo(server);
            done(validator.tick());
            await().atMost(PATIENCE).until(() -> gate.waiting() > 0);

            // Then: several leases later the job is held
            String claimed = text("SELECT planning_lease_until FROM migration_job_progress WHERE job_id = ?", job);
            await().atMost(PATIENCE)
                    .until(() -> "t"
                            .equals(text(
                                    "SELECT now() > ?::timestamptz + interval '1.8 seconds' AND planning_lease_until > now()"
                                            + " FROM migration_job_progress WHERE job_id = ?",
                                    claimed,
                                    job)));

            // When
            gate.open();

            // Then
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(status(job)).isEqualTo("completed"));
            assertThat(text(
                            "SELECT concat_ws(' ', planning_epoch, validated) FROM migration_job_progress WHERE job_id = ?",
                            job))
                    .isEqualTo("1 1");
        }
    }

    private static ProxiedReply tenBytes() {
        return ProxiedReply.of(200)
                .with("Content-Length", "10")
                .with("ETag", "\"e\"")
                .with("Last-Modified", "Sat, 28 Nov 2026 00:00:00 GMT");
    }

    private long copiedTo(FaultProxy server) {
        long job = job(
                memoryProvider("source").providerUuid(),
                bucketOf(server, "secret"),
                "status = 'running', started_at = now(), validate_after_migration = true, validation_status = 'pending'");
        update(
                "INSERT INTO migration_items (migration_job_id, source_provider_id, dest_provider_id, size_bytes, status,"
                        + " source_content_hash, dest_content_hash, content_match, completed_at)"
                        + " VALUES (?, 'doc', 'doc', 10, 'completed', ?, ?, true, now())",
                job,
                "0".repeat(64),
                "0".repeat(64));
        update(
                "UPDATE migration_job_progress SET phase = 'validating', validation_pass = 1, planning_done = true, scanned = 1,"
                        + " migrated = 1, scanned_bytes = 10, migrated_bytes = 10 WHERE job_id = ?",
                job);
        return job;
    }
}
