package io.hermes.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 1,200 items, more than two pages: two of three migrated, the third failed, and before them two with everything that hurts. */
@QuarkusTest
class LedgerApiTest extends ApiTest {

    private static final String CSV = "text/csv";
    private static final String NDJSON = "application/x-ndjson";
    private static final int MANY = 1200;
    private static final String HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final String HEADER =
            "record,number,itemId,sourceKey,destKey,documentUuid,sizeBytes,status,reason,errorCode,"
                    + "errorMessage,sourceContentHash,destContentHash,sourceRevision,destRevision,replacedRevision,bytesTransferred,durationMs,"
                    + "attemptCount,deliveryCount,requests,workerId,createdAt,startedAt,completedAt\r\n";

    private long job;
    private long first;

    @BeforeEach
    void items() {
        job = createJob("ledger");
        long other = createJob("another job's ledger");
        first = number("""
                INSERT INTO migration_items (migration_job_id, source_provider_id, dest_provider_id, document_uuid, size_bytes, status,
                       content_match, source_content_hash, dest_content_hash, source_revision, dest_revision, replaced_revision,
                       bytes_transferred, duration_ms, attempt_count, delivery_count, requests, worker_id, created_at, started_at, completed_at)
                VALUES (?, ?, 'out/a.md', '019ab4c2-7d31-7c55-9a0e-2f6a1c1b7e42', 10, 'completed', true, ?, ?, '"r1"', '"d1"', '-r0', 10, 35,
                        1, 2, 4, 'worker-1', '2026-01-02T03:04:05.678901Z', '2026-01-02T03:04:06Z', '2026-01-02T03:04:07Z')
                RETURNING id
                """, job, "=HYPERLINK(\"x\"),\n'a'.md", HASH, HASH);
        sql("""
                INSERT INTO migration_items (migration_job_id, source_provider_id, status, error_code, error_message, completed_at, created_at)
                VALUES (?, 'straße/\uD83D\uDE00 \\ "q".md', 'failed', 'SOURCE_NOT_FOUND', 'line 1' || chr(13) || chr(10) || 'line 2',
                        '2026-01-02T03:04:07Z', '2026-01-02T03:04:05Z')
                """, job);
        sql("""
                INSERT INTO migration_items (migration_job_id, source_provider_id, status, content_match, source_content_hash,
                                             dest_content_hash, error_code, completed_at)
                SELECT job, 'doc-' || n, CASE WHEN n % 3 = 0 THEN 'failed' ELSE 'completed' END, true, ?, ?,
                       CASE WHEN n % 3 = 0 THEN CASE WHEN n % 2 = 0 THEN 'TIMEOUT' ELSE 'DEST_CONFLICT' END END, now()
                  FROM generate_series(1, ?) AS n, unnest(ARRAY[?, ?]) AS job ORDER BY n
                """, HASH, HASH, MANY, job, other);
    }

    private Response ledger(String accept, String query) {
        return admin().accept(accept).get(JOBS + "/" + job + "/items" + query);
    }

    @Test
    void csvTellsEverythingInFixedColumnsAndEndsWithTheNumberOfDocuments() {
        String text = ledger(CSV, "")
                .then()
                .statusCode(200)
                .contentType(startsWith(CSV))
                .contentType(containsString("charset=UTF-8"))
                .header("Content-Disposition", is("attachment; filename=\"hermes-job-" + job + "-ledger.csv\""))
                .extract()
                .asString();

        assertThat(text)
                .startsWith(HEADER + "document,1," + first + ",\"'=HYPERLINK(\"\"x\"\"),\n'a'.md\",out/a.md,"
                        + "019ab4c2-7d31-7c55-9a0e-2f6a1c1b7e42,10,completed,,,," + HASH + "," + HASH
                        + ",\"\"\"r1\"\"\",\"\"\"d1\"\"\",'-r0,10,35,1,2,4,worker-1,2026-01-02T03:04:05.678901Z,2026-01-02T03:04:06Z,"
                        + "2026-01-02T03:04:07Z\r\n"
                        + "document,2,")
                .contains(",\"straße/\uD83D\uDE00 \\ \"\"q\"\".md\",,,0,failed,,SOURCE_NOT_FOUND,\"line 1\r\nline 2\",")
                .endsWith("\r\nend,1202" + ",".repeat(23) + "\r\n");
        assertThat(text.lines().filter(line -> line.contains(",doc-")).count()).isEqualTo(MANY);
    }

    @Test
    void ndjsonTellsTheSameInOneObjectALine() {
        String text = ledger(NDJSON, "")
                .then()
                .statusCode(200)
                .contentType(startsWith(NDJSON))
                .header("Content-Disposition", is("attachment; filename=\"hermes-job-" + job + "-ledger.ndjson\""))
                .extract()
                .asString();
        List<JsonPath> lines = text.lines().map(JsonPath::new).toList();

        assertThat(lines).hasSize(MANY + 3);
        assertThat(lines.get(0).getMap("").keySet())
                .hasToString("[" + HEADER.strip().replace(",", ", ") + "]");
        assertThat(lines.get(0).getString("sourceKey")).isEqualTo("=HYPERLINK(\"x\"),\n'a'.md");
        assertThat(lines.get(0).getString("replacedRevision")).isEqualTo("-r0");
        assertThat(lines.get(0).getLong("durationMs")).isEqualTo(35);
        assertThat(lines.get(0).getString("createdAt")).isEqualTo("2026-01-02T03:04:05.678901Z");
        assertThat(lines.get(1).getString("sourceKey")).isEqualTo("straße/\uD83D\uDE00 \\ \"q\".md");
        assertThat(lines.get(1).getString("workerId")).isNull();
        assertThat(lines.stream().limit(MANY + 2).map(line -> line.getLong("number")))
                .isSorted()
                .doesNotHaveDuplicates()
                .endsWith(MANY + 2L);
        assertThat(lines.getLast().getMap("").toString()).isEqualTo("{record=end, number=" + (MANY + 2) + "}");
        assertThat(text).endsWith("}\n").doesNotContain("\n\n");
    }

    @ParameterizedTest
    @CsvSource({
        "?status=failed, 401, failed",
        "?status=failed&errorCode=TIMEOUT, 200, failed",
        "?status=completed&limit=501, 501, completed",
        "?limit=500, 500, ledger",
        "?q=doc-120, 2, ledger",
        "?status=skipped, 0, skipped"
    })
    void filtersNarrowTheLedgerAndALimitEndsIt(String query, int documents, String word) {
        ledger(CSV, query)
                .then()
                .statusCode(200)
                .header("Content-Disposition", containsString(job + "-" + word + ".csv"))
                .body(containsString("\r\nend," + documents + ","));

        assertThat(ledger(NDJSON, query).asString().lines()).hasSize(documents + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "text/html, */*;q=0.1"})
    void whoDoesNotAskForAFileGetsAPage(String accept) {
        ledger(accept, "")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("count", is(100));
    }

    @Test
    void badQuestionsAreProblems() {
        ledger(CSV, "?cursor=x").then().statusCode(400).body("code", is("UNKNOWN_QUERY_PARAMETER"));
        ledger(NDJSON, "?status=done").then().statusCode(400).body("code", is("VALIDATION_FAILED"));
        ledger(CSV, "?limit=0").then().statusCode(400).body("code", is("VALIDATION_FAILED"));
        admin().accept(CSV)
                .get(JOBS + "/999999999/items")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", is("JOB_NOT_FOUND"));
    }
}
