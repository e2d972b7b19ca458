package io.hermes.orchestrator.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.hermes.contract.provider.ProviderStatus;
import io.hermes.edge.testing.RegistryStandIn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file as the selection of a job: from the export of failures to the job that does exactly these. */
@QuarkusTest
class DocumentListTest extends ApiTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String CSV = "text/csv";
    private static final String NDJSON = "application/x-ndjson";

    /** Keys that a local folder can hold and a file can get wrong. */
    private static final List<String> UGLY = List.of(
            "=HYPERLINK(\"http:x\",\"y\").md",
            "'=quoted.md",
            "' apostrophe'.md",
            "-minus, comma; semicolon\ttab.md",
            "two\nlines.md",
            "\"quotes\".md",
            "straße \uD83D\uDE00.md",
            "@at \\ back.md",
            " blank .md");

    private long last;

    @AfterEach
    void stop() {
        if (last != 0) {
            admin().post(JOBS + "/{id}/cancel", last);
        }
    }

    private static RequestSpecification file(String type) {
        return given().auth()
                .oauth2(TestTokens.ADMIN)
                .config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                .encodeContentTypeAs(type, ContentType.BINARY)))
                .header("Content-Type", type);
    }

    private static Response put(long job, String type, String text) {
        return file(type).body(text.getBytes(StandardCharsets.UTF_8)).put(JOBS + "/{id}/documents", job);
    }

    private long listedJob() {
        last = admin().body(body("listed").replaceFirst("}$", ", \"documentList\": true}"))
                .post(JOBS)
                .then()
                .statusCode(201)
                .body("selection.by", is("documentList"))
                .body("selection.documents", nullValue())
                .extract()
                .jsonPath()
                .getLong("id");
        return last;
    }

    @ParameterizedTest
    @ValueSource(strings = {CSV, NDJSON})
    void exportedFailuresBecomeExactlyTheDocumentsOfAnotherJob(String type, @TempDir Path folder) throws Exception {
        for (String key : UGLY) {
            Files.writeString(folder.resolve(key), "# x");
        }
        Files.writeString(folder.resolve("not selected.md"), "# x");
        String source = "local-ugly-" + folder.getFileName();
        RegistryStandIn.put(local(3100 + type.length(), source, ProviderStatus.ACTIVE, true, folder.toString()));
        long failed = createJob("failed");
        for (String key : UGLY) {
            sql(
                    "INSERT INTO migration_items (migration_job_id, source_provider_id, status, error_code, error_message, completed_at)"
                            + " VALUES (?, ?, 'failed', 'TIMEOUT', 'said \"no\",' || chr(10) || 'twice', now())",
                    failed,
                    key);
        }
        sql(
                "INSERT INTO migration_items (migration_job_id, source_provider_id, status, error_code, completed_at)"
                        + " VALUES (?, 'gone.md', 'failed', 'TIMEOUT', now()), (?, 'not selected.md', 'skipped', NULL, now())",
                failed,
                failed);
        byte[] export = admin().accept(type)
                .get(JOBS + "/{id}/items?status=failed", failed)
                .asByteArray();
        last = admin().body(
                        body("again").replace("local-primary", source).replaceFirst("}$", ", \"documentList\": true}"))
                .post(JOBS)
                .jsonPath()
                .getLong("id");

        file(type)
                .body(export)
                .put(JOBS + "/{id}/documents", last)
                .then()
                .statusCode(200)
                .body("documents", is(UGLY.size() + 1))
                .body("repeated", is(0))
                .body("jobId", is((int) last));
        admin().post(JOBS + "/{id}/start", last).then().statusCode(202);

        await().atMost(LONG)
                .untilAsserted(() -> admin().get(JOBS + "/{id}", last)
                        .then()
                        .body("totalDocuments", is(UGLY.size() + 1))
                        .body("selection.documents", is(UGLY.size() + 1)));
        List<String> planned =
                admin().get(JOBS + "/{id}/items", last).jsonPath().getList("items.sourceKey");
        assertThat(planned).hasSize(UGLY.size() + 1).containsAll(UGLY).contains("gone.md");
        admin().get(JOBS + "/{id}/items?status=failed", last)
                .then()
                .body("items.sourceKey", contains("gone.md"))
                .body("items.errorCode", contains("SOURCE_NOT_FOUND"));
        admin().get(JOBS + "/{id}/timeline", last)
                .then()
                .body("entries[1].kind", is("listed"))
                .body("entries[1].sentence", is("admin gave the job a list of " + (UGLY.size() + 1) + " documents."));
    }

    @Test
    void aJobWithoutItsListDoesNotStartAndTellsNothing() {
        long job = listedJob();

        admin().post(JOBS + "/{id}/start", job)
                .then()
                .statusCode(409)
                .body("code", is("DOCUMENT_LIST_MISSING"))
                .body("detail", containsString("PUT"));

        admin().get(JOBS + "/{id}", job).then().body("status", is("pending"));
        admin().get(JOBS + "/{id}/timeline", job).then().body("entries.kind", contains("created"));
    }

    @Test
    void anotherFileTakesThePlaceOfTheFirst() {
        long job = listedJob();
        put(job, CSV, "sourceKey\na\nb\nc\n").then().statusCode(200).body("documents", is(3));

        put(job, NDJSON, "{\"sourceKey\":\"d\"}\n{\"sourceKey\":\"d\"}\n")
                .then()
                .statusCode(200)
                .body("documents", is(1))
                .body("repeated", is(1));

        assertThat(number(
                        "SELECT count(*) FROM migration_listed_documents d JOIN migration_document_lists l ON l.id = d.list_id"
                                + " WHERE l.migration_job_id = ?",
                        job))
                .as("keys kept, those of the first file are gone")
                .isEqualTo(1);
        admin().get(JOBS + "/{id}", job).then().body("selection.documents", is(1));
    }

    @ParameterizedTest
    @CsvSource({
        "text/csv, 'sourceKey\na\n\"b', 400, DOCUMENT_LIST_INVALID, Line 3 ",
        "text/csv, 'key\na\n', 400, DOCUMENT_LIST_INVALID, Line 1 ",
        "application/x-ndjson, '{\"sourceKey\":\"a\"}\nb\n', 400, DOCUMENT_LIST_INVALID, Line 2 ",
        "text/csv, 'sourceKey\n', 422, NOTHING_SELECTED, no document",
        "application/x-ndjson, '', 422, NOTHING_SELECTED, no document",
        "text/plain, 'a', 415, UNSUPPORTED_MEDIA_TYPE, ''"
    })
    void aBadFileIsRefusedAsAWholeAndTheFormerListStays(
            String type, String text, int status, String code, String detail) {
        long job = listedJob();
        put(job, CSV, "sourceKey\nkept\n").then().statusCode(200);

        put(job, type, text).then().statusCode(status).body("code", is(code)).body("detail", containsString(detail));

        admin().get(JOBS + "/{id}", job).then().body("selection.documents", is(1));
        assertThat(number(
                        "SELECT count(*) FROM migration_document_lists WHERE migration_job_id = ? AND id <> "
                                + "(SELECT document_list FROM migration_jobs WHERE id = ?)",
                        job,
                        job))
                .isZero();
    }

    @Test
    void allFaultsAreToldAtOnce() {
        long job = listedJob();

        put(job, CSV, "sourceKey,x\na\nb,1\n,2\n")
                .then()
                .statusCode(400)
                .body("faults", hasSize(2))
                .body("faults.line", contains(2, 4));
    }

    @Test
    void onlyAPendingJobThatWantsAListTakesOne() {
        long other = createJob("by criteria");
        put(other, CSV, "sourceKey\na\n").then().statusCode(422).body("code", is("NO_LIST_WANTED"));
        long job = listedJob();
        put(job, CSV, "sourceKey\na\n").then().statusCode(200);
        admin().post(JOBS + "/{id}/cancel", job).then().statusCode(202);

        put(job, CSV, "sourceKey\nb\n").then().statusCode(409).body("code", is("JOB_STATE_CONFLICT"));

        put(999_999_999, CSV, "sourceKey\na\n").then().statusCode(404);
        given().header("Content-Type", CSV)
                .body("sourceKey\na\n")
                .put(JOBS + "/{id}/documents", job)
                .then()
                .statusCode(401);
        admin().body(body("two ways").replaceFirst("}$", ", \"documentList\": true, \"documentKeys\": [\"a\"]}"))
                .post(JOBS)
                .then()
                .statusCode(422)
                .body("code", is("SELECTION_AMBIGUOUS"));
    }

    @Test
    void aCloneWantsAListOfItsOwn() {
        long job = listedJob();
        put(job, CSV, "sourceKey\na\n").then().statusCode(200);

        admin().post(JOBS + "/{id}/clone", job)
                .then()
                .statusCode(201)
                .body("selection.by", is("documentList"))
                .body("selection.documents", nullValue());
    }

    /** Larger than what any other route takes, with and without its length told before, and from a client that asks before it sends. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFileMayBeLargerThanOtherBodies(boolean lengthKnown) throws Exception {
        long job = listedJob();
        int documents = 120_000;
        byte[] text = IntStream.range(0, documents)
                .mapToObj(n -> "{\"sourceKey\":\"folder/" + n + "\",\"errorMessage\":\"" + "m".repeat(60) + "\"}")
                .collect(java.util.stream.Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
        assertThat(text.length).isGreaterThan(9 * 1024 * 1024);
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofByteArray(text);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + JOBS + "/" + job + "/documents"))
                .header("Authorization", "Bearer " + TestTokens.ADMIN)
                .header("Content-Type", NDJSON)
                .expectContinue(true)
                .PUT(lengthKnown ? body : HttpRequest.BodyPublishers.fromPublisher(body))
                .build();

        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("\"documents\":" + documents);
        }
        assertThat(number(
                        "SELECT count(*) FROM migration_listed_documents WHERE list_id = (SELECT document_list FROM migration_jobs WHERE id = ?)",
                        job))
                .isEqualTo(documents);
    }
}
