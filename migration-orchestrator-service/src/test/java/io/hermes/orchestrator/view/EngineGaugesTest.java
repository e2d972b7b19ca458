package io.hermes.orchestrator.view;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.orchestrator.item.Attempt;
import io.hermes.orchestrator.item.Attempts;
import io.hermes.orchestrator.testing.EngineTest;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EngineGaugesTest extends EngineTest {

    @Inject
    EngineGauges gauges;

    @Inject
    Attempts attempts;

    @Inject
    MeterRegistry meters;

    @Test
    void theBacklogIsWhatNobodyHasBegun() {
        // Given
        done(gauges.look());
        double backlog = value("hermes.migration.backlog.items");
        double inFlight = value("hermes.migration.items.in.flight");

        // When
        long job = job(UUID.randomUUID(), UUID.randomUUID(), "status = 'running', started_at = now()");
        update(
                "UPDATE migration_job_progress SET planning_done = true, scanned = 10, waiting = 4, queued = 3, in_progress = 2,"
                        + " migrated = 1 WHERE job_id = ?",
                job);

        // Then
        looking(() -> assertThat(value("hermes.migration.backlog.items")).isEqualTo(backlog + 7));
        looking(() -> assertThat(value("hermes.migration.items.in.flight")).isEqualTo(inFlight + 2));
        assertThat(meters.get("hermes.migration.jobs.current")
                        .tag("status", "running")
                        .gauge()
                        .value())
                .isPositive();
        update("UPDATE migration_jobs SET pending_action = 'pause' WHERE id = ?", job);
        looking(() -> assertThat(value("hermes.migration.backlog.items")).isEqualTo(backlog));
    }

    /** A look on schedule that began before may come last, so one look is not enough. */
    private void looking(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            done(gauges.look());
            assertion.run();
        });
    }

    @Test
    void theMetricsHaveTheNamesOfTheirContract() {
        // Given: a code is a label from its first time on
        long job = job(UUID.randomUUID(), UUID.randomUUID(), "");
        inTransaction(tx ->
                attempts.append(tx, List.of(new Attempt(job, 1, 1, 1, "w", "failed", "TIMEOUT", "slow", 1L, true))));
        update("DELETE FROM migration_attempts WHERE migration_job_id = ?", job);
        done(gauges.look());

        // When
        String metrics =
                given().get("/q/metrics").then().statusCode(200).extract().asString();

        // Then
        assertThat(metrics.lines())
                .anyMatch(line -> line.startsWith("hermes_migration_backlog_items "))
                .anyMatch(line -> line.startsWith("hermes_migration_items_in_flight "))
                .anyMatch(line -> line.startsWith("hermes_migration_outbox_pending "))
                .anyMatch(line -> line.startsWith("hermes_migration_outbox_oldest_seconds "))
                .anyMatch(line -> line.startsWith("hermes_migration_jobs_current{status=\"running\"}"))
                .anyMatch(line -> line.startsWith("hermes_migration_jobs_total{status=\"completed\"}"))
                .anyMatch(line -> line.startsWith("hermes_migration_items_total{status=\"completed\"}"))
                .anyMatch(line -> line.startsWith("hermes_migration_retries_total{code=\"TIMEOUT\"}"))
                .anyMatch(
                        line -> line.startsWith("hermes_migration_errors_total{code=\"TIMEOUT\",origin=\"platform\"}"))
                .anyMatch(line -> line.startsWith("hermes_migration_validation_total{result=\"passed\"}"))
                .anyMatch(line -> line.startsWith("hermes_migration_validation_total{result=\"failed\"}"))
                .anyMatch(line -> line.startsWith("hermes_migration_duration_seconds_bucket{le=\"60.0\"}"));
    }

    private double value(String name) {
        return meters.get(name).gauge().value();
    }
}
