package io.hermes.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class JobListTest extends ApiTest {

    @Test
    void pagingShowsEveryJobOnceNewestFirst() {
        insertJobs("paged", 250);

        List<Long> seen = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonPath page = admin().get(JOBS + "?limit=70&createdBy=paged" + cursor)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            seen.addAll(page.getList("jobs.id", Long.class));
            cursor = page.getString("nextCursor") == null ? null : "&cursor=" + page.getString("nextCursor");
            pages++;
        } while (cursor != null);

        assertThat(pages).isEqualTo(4);
        assertThat(seen).hasSize(250).doesNotHaveDuplicates();
        assertThat(seen)
                .as("all were created at one of five instants, so the number has to break the ties")
                .isEqualTo(inOrder("paged"));
    }

    @Test
    void linkHeaderLeadsToTheNextPage() {
        insertJobs("linked", 3);
        String link = admin().get(JOBS + "?limit=2&createdBy=linked").header("Link");

        assertThat(link).startsWith("</api/v2/migrations/jobs?").endsWith(">; rel=\"next\"");
        admin().urlEncodingEnabled(false)
                .get(link.substring(1, link.indexOf('>')))
                .then()
                .statusCode(200)
                .header("Link", nullValue())
                .body("count", is(1))
                .body("$", not(hasKey("nextCursor")));
    }

    @Test
    void rowsHaveEveryFieldOfTheJob() {
        long id = createJob("row");
        var job = admin().get(JOBS + "/{id}", id).jsonPath().getMap("$");
        var row = admin().get(JOBS + "?q=row&limit=1").jsonPath().getMap("jobs[0]");

        assertThat(row.keySet()).isEqualTo(job.keySet());
    }

    @Test
    void filtersRestrict() {
        long id = createJob("Filter 100%_\\\\ me");
        admin().post(JOBS + "/{id}/cancel", id);

        admin().get(JOBS + "?status=cancelled")
                .then()
                .body("jobs.status", everyItem(is("cancelled")))
                .body("jobs.id", hasItem((int) id));
        admin().get(JOBS + "?status=paused")
                .then()
                .statusCode(200)
                .body("jobs", empty())
                .body("count", is(0));
        admin().queryParam("q", "100%_\\ ME").get(JOBS).then().body("jobs.id", contains((int) id));
        admin().queryParam("q", "Filter%me").get(JOBS).then().body("jobs", empty());
        for (String provider : List.of("1", SOURCE.providerUuid().toString(), "local-primary")) {
            admin().get(JOBS + "?sourceProvider=" + provider).then().body("jobs.id", hasItem((int) id));
            admin().get(JOBS + "?destProvider=" + provider).then().body("jobs", empty());
        }
        admin().get(JOBS + "?strategy=move")
                .then()
                .body("jobs.strategy", everyItem(is("move")))
                .body("jobs.id", not(hasItem((int) id)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=-1",
                "limit=101",
                "limit=1000000000",
                "limit=99999999999999999999",
                "limit=x",
                "limit=1.0",
                "status=' or 1=1",
                "status=RUNNING",
                "strategy=delete",
                "q=%00",
                "sourceProvider=%00"
            })
    void badParameterIs400(String query) {
        admin().urlEncodingEnabled(false)
                .get(JOBS + "?" + query.replace(" ", "%20").replace("'", "%27"))
                .then()
                .statusCode(400)
                .body("code", is("VALIDATION_FAILED"))
                .body("violations[0].in", is("query"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sort=name;--", "Status=running", "page=2", "offset=10"})
    void unknownParameterIs400(String query) {
        admin().get(JOBS + "?" + query).then().statusCode(400).body("code", is("UNKNOWN_QUERY_PARAMETER"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "eyJjIjoi", "%00", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void garbageCursorIs400(String cursor) {
        admin().urlEncodingEnabled(false)
                .get(JOBS + "?cursor=" + cursor)
                .then()
                .statusCode(400)
                .body("code", is("CURSOR_INVALID"));
    }

    @Test
    void cursorOfAnotherFilterOrTamperedWithIs400() {
        insertJobs("cursor", 2);
        String cursor =
                admin().get(JOBS + "?limit=1&createdBy=cursor").jsonPath().getString("nextCursor");
        String tampered = (cursor.charAt(0) == 'B' ? "C" : "B") + cursor.substring(1);

        admin().get(JOBS + "?limit=1&createdBy=cursor&cursor=" + cursor).then().statusCode(200);
        admin().get(JOBS + "?limit=1&cursor=" + cursor)
                .then()
                .statusCode(400)
                .body("code", is("CURSOR_FILTER_MISMATCH"));
        admin().get(JOBS + "?createdBy=cursor&cursor=" + tampered)
                .then()
                .statusCode(400)
                .body("code", is("CURSOR_INVALID"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "=cmd|' /C calc'!A0",
                "\u202Egnp.exe",
                "line\\nbreak",
                "'; DROP TABLE migration_jobs; --",
                "📄"
            })
    void strangeNameIsStoredAsItCame(String name) {
        long id = createJob(name);

        admin().get(JOBS + "/{id}", id)
                .then()
                .contentType("application/json")
                .header("X-Content-Type-Options", "nosniff")
                .body("jobName", is(name.replace("\\n", "\n")));
    }

    /** By SQL, because 250 requests would only test patience. Five instants, so that the sort key repeats. */
    private void insertJobs(String createdBy, int count) {
        sql("""
                WITH made AS (
                    INSERT INTO migration_jobs (job_uuid, job_name, source_provider_uuid, source_provider_id, source_provider_name,
                                                dest_provider_uuid, dest_provider_id, dest_provider_name, concurrency, created_by, created_at)
                    SELECT gen_random_uuid(), 'job ' || n, gen_random_uuid(), 91, 'elsewhere', gen_random_uuid(), 92, 'nowhere', 8, ?,
                           now() + (n % 5) * interval '1 microsecond'
                      FROM generate_series(1, ?) AS n RETURNING id)
                INSERT INTO migration_job_progress (job_id) SELECT id FROM made
                """, createdBy, count);
    }

    private List<Long> inOrder(String createdBy) {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(
                        "SELECT id FROM migration_jobs WHERE created_by = ? ORDER BY created_at DESC, id DESC")) {
            query.setString(1, createdBy);
            List<Long> ids = new ArrayList<>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
            return ids;
        } catch (java.sql.SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
