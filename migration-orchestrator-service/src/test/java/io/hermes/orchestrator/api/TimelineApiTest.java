package io.hermes.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TimelineApiTest extends ApiTest {

    @Test
    void whoDidWhatIsToldInTheOrderInWhichItHappened() {
        long id = createJob("told");
        admin().header("If-Match", "*")
                .body("{\"concurrency\": 64, \"maxFailures\": \"5%\"}")
                .patch(JOBS + "/{id}", id)
                .then()
                .statusCode(200)
                .body("links.timeline", containsString("/timeline"));
        admin().post(JOBS + "/{id}/cancel", id).then().statusCode(202);
        admin().post(JOBS + "/{id}/cancel", id).then().statusCode(200);

        admin().get(JOBS + "/{id}/timeline", id)
                .then()
                .statusCode(200)
                .body("count", is(4))
                .body("entries.kind", contains("created", "changed", "cancelling", "ended"))
                .body("entries.actor", contains("admin", "admin", "admin", null))
                .body("entries[0].sentence", is("admin created the job: copy from local-primary to s3-archive."))
                .body("entries[0].fields.destProvider", is("s3-archive"))
                .body("entries[0].at", notNullValue())
                .body(
                        "entries[1].sentence",
                        is("admin changed concurrency from 32 to 64, maxFailures from null to 5%."))
                .body("entries[1].fields.concurrency", is(64))
                .body("entries[2].sentence", is("admin cancelled the job."))
                .body(
                        "entries[3].sentence",
                        is("Ended: cancelled, outcome cancelled; 0 migrated, 0 failed and 0 skipped of 0 documents."))
                .body("nextCursor", nullValue());
    }

    @Test
    void aRefusedRequestIsNotTold() {
        long id = createJob("untold");

        admin().post(JOBS + "/{id}/pause", id).then().statusCode(409);
        admin().body("{\"concurrency\": 0}")
                .header("If-Match", "*")
                .patch(JOBS + "/{id}", id)
                .then()
                .statusCode(400);

        admin().get(JOBS + "/{id}/timeline", id).then().body("entries.kind", contains("created"));
    }

    @Test
    void pagesShowEveryEntryOnce() {
        long id = createJob("long");
        sql("""
                INSERT INTO migration_timeline (migration_job_id, kind, sentence)
                SELECT ?, 'paused', 'pause ' || n FROM generate_series(1, 24) AS n
                """, id);
        List<Long> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonPath page = admin().get(JOBS + "/" + id + "/timeline?limit=10" + cursor)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            seen.addAll(page.getList("entries.id", Long.class));
            cursor = page.getString("nextCursor") == null ? null : "&cursor=" + page.getString("nextCursor");
        } while (cursor != null);

        assertThat(seen).hasSize(25).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void badQuestionsAreProblems() {
        long id = createJob("asked");

        admin().get(JOBS + "/{id}/timeline?limit=0", id).then().statusCode(400).body("code", is("VALIDATION_FAILED"));
        admin().get(JOBS + "/{id}/timeline?cursor=x", id).then().statusCode(400).body("code", is("CURSOR_INVALID"));
        admin().get(JOBS + "/{id}/timeline?kind=x", id)
                .then()
                .statusCode(400)
                .body("code", is("UNKNOWN_QUERY_PARAMETER"));
        admin().get(JOBS + "/999999999/timeline").then().statusCode(404).body("code", is("JOB_NOT_FOUND"));
    }
}
