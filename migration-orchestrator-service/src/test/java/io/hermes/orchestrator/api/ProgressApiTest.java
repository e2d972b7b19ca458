package io.hermes.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ProgressApiTest extends ApiTest {

    @Test
    void runningJobShowsTheSpecificationsExample() {
        long id = jobAt("running", 1000, 865, 0, 0, 12.3);

        admin().get(JOBS + "/{id}/progress", id)
                .then()
                .statusCode(200)
                .header("Retry-After", "2")
                .header("ETag", startsWith("W/\""))
                .body("jobId", is((int) id))
                .body("total", is(1000))
                .body("migrated", is(865))
                .body("pending", is(135))
                .body("percent", is(86.5f))
                .body("rate", is(12.3f))
                .body("etaSeconds", is(11))
                .body("totalIsFinal", is(true))
                .body("stalled", is(false))
                .body("bytes.total", is(5000))
                .body("bytes.transferred", is(4000))
                .body("elapsedSeconds", is(100));
        admin().get(JOBS + "/{id}", id).then().body("totalDocuments", is(1000)).body("progress.etaSeconds", is(11));
    }

    @Test
    void theTasksThatWaitForWorkersAreTold() {
        long id = jobAt("running", 10, 5, 0, 0, 1);

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            admin().get(JOBS + "/{id}/progress", id).then().body("workers.consumerLag", greaterThanOrEqualTo(0));
            admin().get("/api/v2/migrations/workers").then().body("consumerLag", greaterThanOrEqualTo(0));
        });
    }

    @Test
    void sumsAddUpWhateverTheMix() {
        long id = jobAt("running", 1000, 400, 12, 88, 5);

        JsonPath progress = admin().get(JOBS + "/{id}/progress", id).jsonPath();

        assertThat(progress.getLong("migrated")
                        + progress.getLong("failed")
                        + progress.getLong("skipped")
                        + progress.getLong("pending"))
                .isEqualTo(progress.getLong("total"));
        assertThat(progress.getDouble("percent")).isEqualTo(50.0);
    }

    @Test
    void endedJobHasNoRateAndNoEta() {
        long id = jobAt("running", 10, 10, 0, 0, 99);
        sql(
                "UPDATE migration_jobs SET status = 'completed', outcome = 'success', completed_at = now() WHERE id = ?",
                id);

        admin().get(JOBS + "/{id}/progress", id)
                .then()
                .header("Retry-After", nullValue())
                .body("percent", is(100.0f))
                .body("rate", is(0.0f))
                .body("etaSeconds", nullValue());
    }

    @Test
    void unchangedProgressIsNotSentAgain() {
        long id = jobAt("running", 10, 5, 0, 0, 1);
        String etag = admin().get(JOBS + "/{id}/progress", id).header("ETag");

        admin().header("If-None-Match", etag)
                .get(JOBS + "/{id}/progress", id)
                .then()
                .statusCode(304)
                .header("Retry-After", "2");
        sql(
                "UPDATE migration_job_progress SET waiting = 4, migrated = 6, sequence = sequence + 1 WHERE job_id = ?",
                id);
        admin().header("If-None-Match", etag)
                .get(JOBS + "/{id}/progress", id)
                .then()
                .statusCode(200)
                .body("migrated", is(6));
    }

    @Test
    void errorsAreGroupedByCode() {
        long id = jobAt("running", 20, 5, 8, 0, 1);
        insertFailed(id, "DEST_CONFLICT", 7);
        insertFailed(id, "WORKER_LOST", 1);

        admin().get(JOBS + "/{id}/progress", id)
                .then()
                .body("topErrors", hasSize(2))
                .body("topErrors[0].code", is("DEST_CONFLICT"))
                .body("topErrors[0].count", is(7))
                .body("topErrors[0].retryable", is(false))
                .body("topErrors[1].retryable", is(true));
        admin().get(JOBS + "/{id}/errors", id)
                .then()
                .statusCode(200)
                .body("count", is(2))
                .body("errors[0].code", is("DEST_CONFLICT"))
                .body("errors[0].count", is(7))
                .body("errors[0].origin", is("destination"))
                .body("errors[0].hint", startsWith("Another document stands under this key"))
                .body("errors[0].sample.sourceKey", is("DEST_CONFLICT-1"))
                .body(
                        "errors[0].samples.sourceKey",
                        contains(IntStream.rangeClosed(1, 5)
                                .mapToObj(n -> "DEST_CONFLICT-" + n)
                                .toArray()))
                .body("errors[0].samples.message", everyItem(is("No.")))
                .body("errors[0].retryable", is(false))
                .body("errors[1].origin", is("platform"))
                .body("errors[1].retryable", is(true))
                .body("errors[1].samples", hasSize(1));
    }

    /** A job of which so many documents have ended; the rest waits for tomorrow. */
    private long jobAt(String status, long total, long migrated, long failed, long skipped, double rate) {
        long id = createJob("progress");
        sql(
                "UPDATE migration_jobs SET status = ?, started_at = now() - interval '100 seconds' WHERE id = ?",
                status,
                id);
        sql("""
                UPDATE migration_job_progress
                   SET phase = 'transferring', planning_done = TRUE, scanned = ?, waiting = ?, migrated = ?, failed = ?, skipped = ?,
                       scanned_bytes = 5000, open_bytes = 1000, migrated_bytes = 4000, rate_documents = ?, rate_at = now(),
                       last_progress_at = now()
                 WHERE job_id = ?
                """, total, total - migrated - failed - skipped, migrated, failed, skipped, rate, id);
        return id;
    }

    private void insertFailed(long job, String code, int count) {
        sql("""
                INSERT INTO migration_items (migration_job_id, source_provider_id, status, error_code, error_message, completed_at)
                SELECT ?, ? || '-' || n, 'failed', ?, 'No.', now() FROM generate_series(1, ?) AS n
                """, job, code, code, count);
    }
}
