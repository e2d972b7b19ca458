package io.hermes.orchestrator.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.hermes.contract.provider.ProviderStatus;
import io.hermes.edge.testing.RegistryStandIn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users say about a job, and how they change their minds: versions, keys of requests, clones, selections. */
@QuarkusTest
class JobDefinitionApiTest extends ApiTest {

    @Test
    void aChangeNeedsTheVersionThatWasSeen() {
        long id = createJob("versions");

        patch(id, null, "{\"concurrency\": 3}").statusCode(428).body("code", is("PRECONDITION_REQUIRED"));
        patch(id, "\"7\"", "{\"concurrency\": 3}")
                .statusCode(412)
                .body("code", is("PRECONDITION_FAILED"))
                .body("currentVersion", is(1));
        patch(id, "yesterday", "{\"concurrency\": 3}").statusCode(400);
        admin().get(JOBS + "/{id}", id).then().body("concurrency", is(32)).header("ETag", "\"1\"");

        patch(id, "\"1\"", "{\"concurrency\": 3}")
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("version", is(2))
                .body("concurrency", is(3));
        patch(id, "\"1\"", "{\"concurrency\": 4}").statusCode(412);
        patch(id, "*", "{\"concurrency\": 4}").statusCode(200).header("ETag", "\"3\"");
        patch(id, "\"3\"", "{\"concurrency\": 4}").statusCode(200).header("ETag", "\"3\"");
    }

    @Test
    void aPatchMergesAndNullRestoresTheDefault() {
        long id = createJob("merged");

        patch(
                        id,
                        "*",
                        "{\"labels\": {\"team\": \"records\", \"ticket\": \"OPS-1\"}, \"dispatchWindow\": 20, \"maxFailures\": \"2.5%\"}")
                .statusCode(200)
                .body("dispatchWindow", is(20))
                .body("maxFailures", is("2.5%"));
        patch(id, "*", "{\"labels\": {\"ticket\": null, \"by\": \"me\"}, \"dispatchWindow\": null, \"maxFailures\": 7}")
                .statusCode(200)
                .body("labels.team", is("records"))
                .body("labels.by", is("me"))
                .body("labels.ticket", nullValue())
                .body("dispatchWindow", nullValue())
                .body("maxFailures", is(7));
        patch(id, "*", "{\"labels\": null, \"concurrency\": null, \"maxFailures\": null}")
                .body("labels", anEmptyMap())
                .body("concurrency", is(32))
                .body("maxFailures", nullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"concurrency\": 0}",
                "{\"concurrency\": 4097}",
                "{\"concurrency\": \"5\"}",
                "{\"concurrency\": 5.5}",
                "{\"dispatchWindow\": 0}",
                "{\"maxFailures\": -1}",
                "{\"maxFailures\": \"101%\"}",
                "{\"maxFailures\": \"a few\"}",
                "{\"maxFailures\": 1.5}",
                "{\"maxFailures\": []}",
                "{\"labels\": {\"\": \"x\"}}",
                "{\"labels\": {\"x\": 1}}",
                "{\"labels\": []}",
                "{\"strategy\": \"move\"}",
                "{\"jobName\": \"renamed\"}",
                "{\"status\": \"completed\"}",
                "{\"concurrency\": 5, \"concurrency\": 6}",
                "{",
                "[]",
                "7"
            })
    void badPatchesChangeNothing(String body) {
        long id = createJob("not patched");

        patch(id, "*", body).statusCode(400).contentType("application/problem+json");

        admin().get(JOBS + "/{id}", id).then().header("ETag", "\"1\"").body("concurrency", is(32));
    }

    @Test
    void whatCannotChangeSaysWhatCan() {
        patch(createJob("fixed"), "*", "{\"strategy\": \"copy\"}")
                .body("violations[0].field", is("strategy"))
                .body("violations[0].message", containsString("Clone it"));
    }

    @Test
    void twoChangesOfOneVersionAreNeverBothMade() throws Exception {
        long id = createJob("raced");
        for (int round = 1; round <= 10; round++) {
            String seen = "\"" + round + "\"";
            int base = 100 * round;
            List<Response> answers = atOnce(
                    4,
                    caller -> admin().contentType("application/merge-patch+json")
                            .header("If-Match", seen)
                            .body("{\"concurrency\": " + (base + caller) + "}")
                            .patch(JOBS + "/{id}", id));
            assertThat(answers)
                    .extracting(Response::statusCode)
                    .containsOnlyOnce(200)
                    .containsOnly(200, 412);
        }
        admin().get(JOBS + "/{id}", id).then().header("ETag", "\"11\"");
    }

    @Test
    void oneKeyMakesOneJobHoweverOftenItComes() throws Exception {
        for (int round = 0; round < 20; round++) {
            String name = "keyed " + UUID.randomUUID();
            String key = UUID.randomUUID().toString();

            List<Response> answers = atOnce(8, caller -> create(key, body(name)));

            assertThat(answers)
                    .extracting(Response::statusCode)
                    .containsOnlyOnce(201)
                    .containsOnly(200, 201);
            assertThat(answers.stream()
                            .map(answer -> answer.jsonPath().getLong("id"))
                            .distinct())
                    .hasSize(1);
            assertThat(number("SELECT count(*) FROM migration_jobs WHERE job_name = ?", name))
                    .isOne();
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.header("Location")).isNotNull());
        }
    }

    @Test
    void theClaimsOfThoseWhoCameTooLateAreGivenBack() throws Exception {
        String name = "claims " + UUID.randomUUID();
        atOnce(8, caller -> create(name, body(name)));

        assertThat(RegistryStandIn.claims(SOURCE.providerUuid(), name)).isOne();
        assertThat(RegistryStandIn.claims(DESTINATION.providerUuid(), name)).isOne();
    }

    @Test
    void theSameRequestIsTheSameHoweverItIsWritten() {
        String key = UUID.randomUUID().toString();
        long id = create(key, body("same")).jsonPath().getLong("id");

        create(key, """
                {"strategy": "copy", "destProvider": "s3-archive",   "concurrency": 32,
                 "sourceProvider": "local-primary", "jobName": "same", "labels": {}}""").then().statusCode(200).body("id", is((int) id));
        create(key, body("another")).then().statusCode(422).body("code", is("IDEMPOTENCY_KEY_REUSED"));
        create(UUID.randomUUID().toString(), body("same"))
                .then()
                .statusCode(201)
                .body("id", not(is((int) id)));
        create("\u00e4", body("x")).then().statusCode(400);
        create("k".repeat(256), body("x")).then().statusCode(400);
    }

    @Test
    void aKeyIsRepeatedWhenTheRegistryIsDownAndForgottenWhenItsTimeIsOver() {
        String key = UUID.randomUUID().toString();
        int id = create(key, body("kept")).jsonPath().getInt("id");

        RegistryStandIn.down(true);
        create(key, body("kept")).then().statusCode(200).body("id", is(id));
        RegistryStandIn.down(false);

        sql("UPDATE migration_request_keys SET expires_at = now() WHERE request_key = ?", key);
        create(key, body("new life")).then().statusCode(201).body("id", not(is(id)));
    }

    @Test
    void aRequestThatFailedLeavesItsKeyFree() {
        String key = UUID.randomUUID().toString();
        create(key, body("unknown").replace("s3-archive", "nowhere")).then().statusCode(422);
        create(key, body("known")).then().statusCode(201);
    }

    @Test
    void aCloneHasTheDefinitionAndNothingElse() {
        JsonPath origin = admin().body("""
                        {"jobName": "q3", "sourceProvider": 1, "destProvider": 2, "labels": {"team": "records", "ticket": "1"},
                         "filterCriteria": {"pathPrefix": "rfc", "minAgeDays": 3}, "concurrency": 7, "maxFailures": "5%",
                         "documentKeys": ["a.md", "b.md", "a.md"]}""")
                .post(JOBS)
                .then()
                .statusCode(201)
                .body("selection.by", is("documentKeys"))
                .body("selection.documents", is(2))
                .extract()
                .jsonPath();
        String key = UUID.randomUUID().toString();

        JsonPath clone = admin().header("Idempotency-Key", key)
                .post(JOBS + "/{id}/clone", origin.getLong("id"))
                .then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .body("jobName", is("q3 (clone)"))
                .body("clonedFrom", is(origin.getString("jobUuid")))
                .body("status", is("pending"))
                .body("selection.documents", is(2))
                .extract()
                .jsonPath();

        for (String same :
                List.of("labels", "filterCriteria", "concurrency", "maxFailures", "sourceProvider", "verify")) {
            assertThat((Object) clone.get(same)).as(same).isEqualTo(origin.get(same));
        }
        admin().header("Idempotency-Key", key)
                .post(JOBS + "/{id}/clone", origin.getLong("id"))
                .then()
                .statusCode(200)
                .body("id", is(clone.getInt("id")));
        admin().contentType("application/merge-patch+json")
                .body(
                        "{\"jobName\": \"q4\", \"labels\": {\"ticket\": null}, \"filterCriteria\": {\"minAgeDays\": null}, \"documentKeys\": null}")
                .post(JOBS + "/{id}/clone", clone.getLong("id"))
                .then()
                .statusCode(201)
                .body("jobName", is("q4"))
                .body("labels.team", is("records"))
                .body("labels.ticket", nullValue())
                .body("filterCriteria.pathPrefix", is("rfc"))
                .body("filterCriteria.minAgeDays", nullValue())
                .body("selection.by", is("criteria"));
        admin().body("{\"concurrency\": 0}")
                .post(JOBS + "/{id}/clone", clone.getLong("id"))
                .then()
                .statusCode(400)
                .body("violations[0].field", is("concurrency"));
        admin().body("{\"colour\": \"red\"}")
                .post(JOBS + "/{id}/clone", clone.getLong("id"))
                .then()
                .statusCode(400)
                .body("violations[0].field", is("colour"));
        admin().post(JOBS + "/{id}/clone", Long.MAX_VALUE).then().statusCode(404);
    }

    @Test
    void theFailuresOfAnotherJobBecomeASelection() {
        long failed = createJob("with failures");
        refusedFailuresOf(failed, "NOTHING_SELECTED");
        sql(
                "INSERT INTO migration_items (migration_job_id, source_provider_id, status, error_code, completed_at)"
                        + " SELECT ?, 'doc-' || n, CASE WHEN n <= 3 THEN 'failed' ELSE 'skipped' END,"
                        + " CASE WHEN n <= 3 THEN 'TIMEOUT' END, now() FROM generate_series(1, 5) n",
                failed);

        int job = admin().body(selecting("\"failedOf\": \"" + failed + "\""))
                .post(JOBS)
                .then()
                .statusCode(201)
                .body("selection.by", is("failedOf"))
                .body("selection.documents", is(3))
                .body("selection.failedOf", not(nullValue()))
                .extract()
                .jsonPath()
                .getInt("id");
        assertThat(number(
                        "SELECT count(*) FROM migration_jobs WHERE id = ? AND document_keys = '{doc-1,doc-2,doc-3}'",
                        job))
                .isOne();

        RegistryStandIn.put(local(31, "local-other", ProviderStatus.ACTIVE, true, "/srv/nowhere/other"));
        admin().body(selecting("\"failedOf\": \"" + failed + "\"").replace("local-primary", "local-other"))
                .post(JOBS)
                .then()
                .statusCode(422)
                .body("code", is("SELECTION_OF_OTHER_SOURCE"));
        refusedFailuresOf(Long.MAX_VALUE, "JOB_UNKNOWN");
        sql(
                "INSERT INTO migration_items (migration_job_id, source_provider_id, status, error_code, completed_at)"
                        + " SELECT ?, 'more-' || n, 'failed', 'TIMEOUT', now() FROM generate_series(1, 50000) n",
                failed);
        refusedFailuresOf(failed, "SELECTION_TOO_LARGE");
        sql("DELETE FROM migration_items WHERE migration_job_id = ?", failed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"documentKeys\": [\"a\"], \"failedOf\": \"1\" | 422",
                "\"documentKeys\": [\"a\"], \"documentUuids\": [\"019ab4c2-7d31-7c55-9a0e-2f6a1c1b7e42\"] | 422",
                "\"documentKeys\": [\"\"] | 400",
                "\"documentKeys\": [null] | 400",
                "\"documentKeys\": \"a\" | 400",
                "\"failedOf\": \"yesterday\" | 400",
                "\"failedOf\": \"9223372036854775808\" | 400",
                "\"maxFailures\": \"5 %\" | 400",
                "\"maxFailures\": true | 400"
            })
    void badSelectionsAreRefused(String fields, int status) {
        admin().body(selecting(fields)).post(JOBS).then().statusCode(status).contentType("application/problem+json");
    }

    @Test
    void tooManyKeysAreRefusedByNumber() {
        String keys =
                String.join(",", Stream.generate(() -> "\"a\"").limit(10_001).toList());

        admin().body(selecting("\"documentKeys\": [" + keys + "]"))
                .post(JOBS)
                .then()
                .statusCode(400)
                .body("violations", hasSize(1))
                .body("violations[0].field", is("documentKeys"))
                .body("violations[0].message", containsString("10000"));
    }

    @Test
    void newRoutesWantTheAdminToken() {
        given().contentType("application/json")
                .body("{}")
                .patch(JOBS + "/1")
                .then()
                .statusCode(401);
        given().contentType("application/json").post(JOBS + "/1/clone").then().statusCode(401);
        given().post(JOBS + "/1/items/1/skip").then().statusCode(401);
    }

    private static void refusedFailuresOf(long job, String code) {
        admin().body(selecting("\"failedOf\": \"" + job + "\""))
                .post(JOBS)
                .then()
                .statusCode(422)
                .body("code", is(code))
                .body("field", is("failedOf"));
    }

    private static String selecting(String fields) {
        return body("selecting").replaceFirst("}$", ", " + fields + "}");
    }

    private static Response create(String key, String body) {
        return admin().header("Idempotency-Key", key).body(body).post(JOBS);
    }

    private static ValidatableResponse patch(long id, String ifMatch, String body) {
        var request = admin().contentType("application/merge-patch+json");
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        return request.body(body).patch(JOBS + "/{id}", id).then();
    }

    private interface Call {
        Response by(int caller);
    }

    /** All callers wait for each other, then call. */
    private static List<Response> atOnce(int callers, Call call) throws Exception {
        CountDownLatch together = new CountDownLatch(callers);
        try (var threads = Executors.newFixedThreadPool(callers)) {
            List<Future<Response>> answers = IntStream.range(0, callers)
                    .mapToObj(caller -> threads.submit(() -> {
                        together.countDown();
                        together.await();
                        return call.by(caller);
                    }))
                    .toList();
            List<Response> done = new java.util.ArrayList<>();
            for (Future<Response> answer : answers) {
                done.add(answer.get());
            }
            return done;
        }
    }
}
