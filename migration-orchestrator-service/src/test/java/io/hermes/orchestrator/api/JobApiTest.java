package io.hermes.orchestrator.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.hermes.contract.provider.ProviderStatus;
import io.hermes.edge.testing.RegistryStandIn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class JobApiTest extends ApiTest {

    @Test
    void createdJobIsPendingAndSaysEverything() {
        String uuid = admin().body("""
                        {"jobName": "q3-archive", "sourceProvider": 1, "destProvider": "2", "labels": {"team": "records"},
                         "documentUuids": ["019AB4C2-7d31-7c55-9a0e-2f6a1c1b7e42", "019ab4c2-7d31-7c55-9a0e-2f6a1c1b7e42"],
                         "concurrency": 4096, "maxAttempts": 5, "dryRun": true}
                        """)
                .post(JOBS)
                .then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .body("status", is("pending"))
                .body("phase", is("created"))
                .body("outcome", nullValue())
                .body("allowedActions", contains("start", "cancel", "clone"))
                .body("sourceProvider", is("local-primary"))
                .body("destProviderId", is(2))
                .body("strategy", is("copy"))
                .body("conflictPolicy", is("skip_identical"))
                .body("verify", is("store_checked"))
                .body("validate", is(true))
                .body("validateAfter", is(true))
                .body("batchSize", is(100))
                .body("concurrency", is(4096))
                .body("dryRun", is(true))
                .body("labels.team", is("records"))
                .body("createdBy", is("admin"))
                .body("createdAt", notNullValue())
                .body("startedAt", nullValue())
                .body("$", hasKey("completedAt"))
                .body("progress.percent", is(0.0f))
                .body("progress.etaSeconds", nullValue())
                .extract()
                .jsonPath()
                .getString("jobUuid");

        assertThat(UUID.fromString(uuid).version()).isEqualTo(7);
        assertThat(number("SELECT cardinality(document_uuids) FROM migration_jobs WHERE job_uuid = ?::uuid", uuid))
                .as("a UUID named twice counts once")
                .isEqualTo(1);
        assertThat(RegistryStandIn.claim(SOURCE.providerUuid(), UUID.fromString(uuid)))
                .startsWith("PUT")
                .contains("source", "q3-archive");
        assertThat(RegistryStandIn.claim(DESTINATION.providerUuid(), UUID.fromString(uuid)))
                .startsWith("PUT")
                .contains("destination");
    }

    @Test
    void filterComesBackAsItWasSent() {
        long id = admin().body(
                        body("filtered")
                                .replaceFirst(
                                        "}$",
                                        ", \"filterCriteria\": {\"pathPrefix\": \"rfc\", \"glob\": \"**/*.md\", \"modifiedBefore\": \"2026-01-02T03:04:05.678901Z\"}}"))
                .post(JOBS)
                .then()
                .statusCode(201)
                .body("filterCriteria.pathPrefix", is("rfc"))
                .body("filterCriteria.glob", contains("**/*.md"))
                .body("filterCriteria.modifiedBefore", is("2026-01-02T03:04:05.678901Z"))
                .extract()
                .jsonPath()
                .getLong("id");

        assertThat(number(
                        "SELECT count(*) FROM migration_jobs WHERE id = ? AND filter_criteria ->> 'modifiedBefore' = '2026-01-02T03:04:05.678901Z'",
                        id))
                .as("stored as the planner reads it")
                .isOne();
    }

    @Test
    void absentFilterIsStoredAsAnEmptyOne() {
        long id = createJob("everything");

        assertThat(number("SELECT count(*) FROM migration_jobs WHERE id = ? AND filter_criteria = '{}'::jsonb", id))
                .isOne();
    }

    @Test
    void locationLeadsToTheJobByUuidAndByNumber() {
        var created =
                admin().body(body("found")).post(JOBS).then().statusCode(201).extract();
        String location = created.header("Location");
        JsonPath job = created.jsonPath();

        assertThat(location).endsWith(JOBS + "/" + job.getString("jobUuid"));
        admin().get(location)
                .then()
                .statusCode(200)
                .body("jobName", is("found"))
                .header("ETag", "\"1\"");
        admin().get(JOBS + "/{id}", job.getLong("id"))
                .then()
                .statusCode(200)
                .body("links.self", is(job.getString("links.self")));
        admin().get(JOBS + "/{id}", job.getString("jobUuid").toUpperCase(java.util.Locale.ROOT))
                .then()
                .statusCode(200);
    }

    @Test
    void startedJobRunsAndCanBeCancelled(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("a.md"), "# A");
        RegistryStandIn.put(local(11, "local-small", ProviderStatus.ACTIVE, true, folder.toString()));
        long id = admin().body(
                        "{\"jobName\": \"run\", \"sourceProvider\": \"local-small\", \"destProvider\": \"s3-archive\"}")
                .post(JOBS)
                .jsonPath()
                .getLong("id");

        admin().post(JOBS + "/{id}/start", id)
                .then()
                .statusCode(202)
                .body("status", is("running"))
                .body("startedAt", notNullValue())
                .body("allowedActions", contains("pause", "cancel", "clone"));
        admin().delete(JOBS + "/{id}", id).then().statusCode(202).body("allowedActions", contains("clone"));
    }

    @Test
    void startOfARunningJobChangesNothing() {
        long id = createRunningJob();

        admin().post(JOBS + "/{id}/start", id).then().statusCode(200).body("status", is("running"));
        assertThat(number("SELECT planning_epoch FROM migration_job_progress WHERE job_id = ?", id))
                .isZero();
    }

    @Test
    void jobIsPausedResumedAndRetried() {
        long id = createJob("to be paused");
        sql("UPDATE migration_job_progress SET planning_retry_at = now() + interval '1 hour' WHERE job_id = ?", id);
        sql("UPDATE migration_jobs SET status = 'running', started_at = now() WHERE id = ?", id);

        admin().post(JOBS + "/{id}/pause", id)
                .then()
                .statusCode(202)
                .body("status", is("paused"))
                .body("allowedActions", contains("resume", "cancel", "clone"));
        admin().post(JOBS + "/{id}/pause", id).then().statusCode(200);
        admin().post(JOBS + "/{id}/retry", id)
                .then()
                .statusCode(409)
                .body("code", is("JOB_STATE_CONFLICT"))
                .body("detail", is("Job 'to be paused' is paused; only a completed or failed job can be retried."));
        admin().post(JOBS + "/{id}/resume", id).then().statusCode(202).body("status", is("running"));
        admin().post(JOBS + "/{id}/resume", id).then().statusCode(200);
        admin().post(JOBS + "/{id}/retry", id).then().statusCode(200).body("status", is("running"));
        admin().post(JOBS + "/{id}/cancel", id).then().statusCode(202);
    }

    @Test
    void badRetriesOfItemsSayWhatIsWrong() {
        long id = createJob("nothing to retry");

        admin().body("{\"errorCode\": \"NO_SUCH_CODE\"}")
                .post(JOBS + "/{id}/items/retry", id)
                .then()
                .statusCode(400);
        admin().body("{}").post(JOBS + "/{id}/items/retry", id).then().statusCode(400);
        admin().body("{\"errorCode\": \"TIMEOUT\"}")
                .post(JOBS + "/{id}/items/retry", id)
                .then()
                .statusCode(409)
                .body("currentStatus", is("pending"));
        admin().post(JOBS + "/{id}/items/4711000/retry", id).then().statusCode(404);
    }

    @Test
    void cancelIsIdempotent() {
        long id = createJob("cancel me");

        admin().post(JOBS + "/{id}/cancel", id)
                .then()
                .statusCode(202)
                .body("status", is("cancelled"))
                .body("outcome", is("cancelled"))
                .body("completedAt", notNullValue());
        admin().post(JOBS + "/{id}/cancel", id).then().statusCode(200).body("status", is("cancelled"));
        admin().delete(JOBS + "/{id}", id).then().statusCode(200);
    }

    @Test
    void impossibleActionSaysWhatIsPossible() {
        long id = createJob("done");
        sql(
                "UPDATE migration_jobs SET status = 'completed', outcome = 'success', completed_at = now() WHERE id = ?",
                id);

        admin().post(JOBS + "/{id}/start", id)
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", is("JOB_STATE_CONFLICT"))
                .body("type", is("/problems/job-state-conflict"))
                .body("currentStatus", is("completed"))
                .body("allowedActions", contains("clone"))
                .body("detail", is("Job 'done' is completed; only a pending job can be started."))
                .body("instance", containsString("/start"));
        admin().delete(JOBS + "/{id}", id).then().statusCode(409).body("currentStatus", is("completed"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775808",
                "0",
                "-1",
                "1.0",
                "1e3",
                "%2e%2e%2f1",
                "%00",
                "abc",
                "1-1-1-1-1",
                " 1",
                "0x1",
                "019ab4c2-7d31-7c55-9a0e-2f6a1c1b7e42x"
            })
    void whatIsNoIdIsRefused(String id) {
        admin().urlEncodingEnabled(false)
                .get(JOBS + "/" + id.replace(" ", "%20"))
                .then()
                .statusCode(400)
                .body("code", is("INVALID_ID"));
    }

    @Test
    void semicolonHidesNothing() {
        long id = createJob("hidden");

        admin().urlEncodingEnabled(false)
                .delete(JOBS + "/" + id + ";drop")
                .then()
                .statusCode(404);
        admin().get(JOBS + "/{id}", id).then().body("status", is("pending"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775807",
                "00000000-0000-0000-0000-000000000000",
                "019ab4c2-7d31-7c55-9a0e-2f6a1c1b7e00"
            })
    void unknownJobIsNotFoundOnEveryRoute(String id) {
        for (String route : new String[] {"", "/progress", "/items", "/items/1", "/errors"}) {
            admin().get(JOBS + "/" + id + route).then().statusCode(404).body("code", is("JOB_NOT_FOUND"));
        }
        admin().post(JOBS + "/" + id + "/start").then().statusCode(404).body("code", is("JOB_NOT_FOUND"));
        admin().post(JOBS + "/" + id + "/cancel").then().statusCode(404).body("code", is("JOB_NOT_FOUND"));
        admin().delete(JOBS + "/" + id).then().statusCode(404).body("code", is("JOB_NOT_FOUND"));
    }

    @Test
    void everyRouteWantsTheAdminToken() {
        for (String route :
                new String[] {"", "/1", "/1/progress", "/1/items", "/1/items/1", "/1/errors", "/../workers"}) {
            given().get(JOBS + route).then().statusCode(401).contentType("application/problem+json");
            given().auth().oauth2("wrong").get(JOBS + route).then().statusCode(401);
            given().auth().oauth2(TestTokens.SERVICE).get(JOBS + route).then().statusCode(403);
        }
        given().contentType("application/json")
                .body(body("x"))
                .post(JOBS)
                .then()
                .statusCode(401);
        given().post(JOBS + "/1/start").then().statusCode(401);
        given().post(JOBS + "/1/cancel").then().statusCode(401);
        given().delete(JOBS + "/1").then().statusCode(401);
    }

    @Test
    void workersAreListed() {
        sql(
                "INSERT INTO migration_workers (worker_id, slots, in_flight, waiting, draining) VALUES ('w-list', 16, 3, 1, false)");
        try {
            admin().get("/api/v2/migrations/workers")
                    .then()
                    .statusCode(200)
                    .body("workers.find { it.workerId == 'w-list' }.slots", equalTo(16))
                    .body("workers.find { it.workerId == 'w-list' }.alive", is(true));
        } finally {
            sql("DELETE FROM migration_workers WHERE worker_id = 'w-list'");
        }
    }

    /** Running with one document that waits for tomorrow, so that nothing moves while a test looks. */
    private long createRunningJob() {
        long id = createJob("running");
        sql("UPDATE migration_jobs SET status = 'running', started_at = now() WHERE id = ?", id);
        sql("""
                UPDATE migration_job_progress SET phase = 'transferring', planning_done = TRUE, scanned = 1, waiting = 1
                 WHERE job_id = ?
                """, id);
        sql("""
                INSERT INTO migration_items (migration_job_id, source_provider_id, status, reason, next_attempt_at)
                VALUES (?, 'a.md', 'pending', 'retry', now() + interval '1 day')
                """, id);
        return id;
    }
}
