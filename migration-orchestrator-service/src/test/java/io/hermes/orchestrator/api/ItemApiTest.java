package io.hermes.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 250 items: a hundred failed and a hundred skipped in turns, then fifty pending; another job's items between them. */
@QuarkusTest
class ItemApiTest extends ApiTest {

    private long job;
    private long other;

    @BeforeEach
    void items() {
        job = createJob("items");
        other = createJob("other items");
        sql("""
                INSERT INTO migration_items (migration_job_id, source_provider_id, status, reason, error_code, error_message,
                                             is_retryable, attempt_count, completed_at, size_bytes)
                SELECT job, 'docs/100%_' || n || '.md',
                       CASE WHEN n > 200 THEN 'pending' WHEN n % 2 = 0 THEN 'failed' ELSE 'skipped' END,
                       CASE WHEN n <= 200 AND n % 2 = 1 THEN 'identical' WHEN n > 200 THEN 'retry' END,
                       CASE WHEN n <= 200 AND n % 2 = 0 THEN 'DEST_PERMISSION_DENIED' END,
                       CASE WHEN n <= 200 AND n % 2 = 0 THEN 'Refused.' END,
                       FALSE, 1, CASE WHEN n <= 200 THEN now() END, n
                  FROM generate_series(1, 250) AS n, unnest(ARRAY[?, ?]) AS job
                """, job, other);
    }

    @Test
    void pagingShowsEveryItemOnceOldestFirst() {
        List<Long> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonPath page = admin().get(JOBS + "/" + job + "/items?limit=100" + cursor)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            assertThat(page.getList("items.migrationJobId", Long.class)).containsOnly(job);
            seen.addAll(page.getList("items.id", Long.class));
            cursor = page.getString("nextCursor") == null ? null : "&cursor=" + page.getString("nextCursor");
        } while (cursor != null);

        assertThat(seen).hasSize(250).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void defaultIsAHundredAndAThousandIsTheMost() {
        admin().get(JOBS + "/{id}/items", job)
                .then()
                .body("items", hasSize(100))
                .body("count", is(100));
        admin().get(JOBS + "/{id}/items?limit=1000", job)
                .then()
                .body("items", hasSize(250))
                .body("$", not(hasKey("nextCursor")));
        admin().get(JOBS + "/{id}/items?limit=1001", job).then().statusCode(400);
    }

    @Test
    void filtersRestrict() {
        admin().get(JOBS + "/{id}/items?status=failed&limit=1000", job)
                .then()
                .body("items", hasSize(100))
                .body("items.status", everyItem(is("failed")));
        admin().get(JOBS + "/{id}/items?errorCode=DEST_PERMISSION_DENIED&limit=1000", job)
                .then()
                .body("items", hasSize(100));
        admin().get(JOBS + "/{id}/items?errorCode=SOURCE_NOT_FOUND", job).then().body("items", hasSize(0));
        admin().queryParam("q", "100%_25").get(JOBS + "/{id}/items", job).then().body("items", hasSize(2));
        admin().queryParam("q", "100__25").get(JOBS + "/{id}/items", job).then().body("items", hasSize(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"status=done", "status=FAILED", "errorCode=OOPS", "errorCode=dest_conflict", "limit=0", "q=%00"})
    void badParameterIs400(String query) {
        admin().urlEncodingEnabled(false)
                .get(JOBS + "/" + job + "/items?" + query)
                .then()
                .statusCode(400)
                .body("code", is("VALIDATION_FAILED"));
    }

    @Test
    void cursorOfAnotherJobIs400() {
        String cursor = admin().get(JOBS + "/{id}/items", job).jsonPath().getString("nextCursor");

        admin().get(JOBS + "/{id}/items?cursor=" + cursor, other)
                .then()
                .statusCode(400)
                .body("code", is("CURSOR_FILTER_MISMATCH"));
        admin().get(JOBS + "?cursor=" + cursor).then().statusCode(400).body("code", is("CURSOR_FILTER_MISMATCH"));
    }

    @Test
    void failedItemSaysWhyAndWhatToDo() {
        JsonPath list =
                admin().get(JOBS + "/{id}/items?status=failed&limit=1", job).jsonPath();
        long item = list.getLong("items[0].id");
        sql("""
                INSERT INTO migration_attempts (migration_job_id, migration_item_id, epoch, attempt, worker_id, outcome, error_code, error_message)
                VALUES (?, ?, 2, 1, 'w1', 'failed', 'DEST_PERMISSION_DENIED', 'Refused.')
                """, job, item);

        assertThat(list.getMap("items[0]")).doesNotContainKey("attempts");
        admin().get(JOBS + "/{id}/items/{item}", job, item)
                .then()
                .statusCode(200)
                .body("sourceKey", is("docs/100%_2.md"))
                .body("sourceProviderId", is("docs/100%_2.md"))
                .body("destKey", nullValue())
                .body("status", is("failed"))
                .body("errorCode", is("DEST_PERMISSION_DENIED"))
                .body("errorMessage", is("Refused."))
                .body("origin", is("destination"))
                .body("retryable", is(false))
                .body("hint", containsString("write access"))
                .body("sizeBytes", is(2))
                .body("attempts", hasSize(1))
                .body("attempts[0].epoch", is(2));
    }

    @Test
    void itemOfAnotherJobIsNotFound() {
        long item = admin().get(JOBS + "/{id}/items?limit=1", job).jsonPath().getLong("items[0].id");

        admin().get(JOBS + "/{id}/items/{item}", other, item)
                .then()
                .statusCode(404)
                .body("code", is("ITEM_NOT_FOUND"));
        admin().get(JOBS + "/{id}/items/x", job).then().statusCode(400).body("code", is("INVALID_ID"));
    }
}
