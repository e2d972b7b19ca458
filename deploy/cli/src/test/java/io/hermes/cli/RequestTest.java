package io.hermes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the words of a command line become. */
class RequestTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JOB = "{\"id\":7,\"jobName\":\"n\",\"status\":\"pending\"}";

    @TempDir
    Path home;

    private Service service;

    @BeforeEach
    void open() throws IOException {
        service = new Service();
    }

    @AfterEach
    void close() throws IOException {
        service.close();
    }

    private Shell shell() {
        return Shell.facing(service, home);
    }

    private JsonNode sent(int request) throws IOException {
        return JSON.readTree(service.requests().get(request).body());
    }

    @Test
    void sendsEveryPartOfADefinition() throws IOException {
        // Given
        service.answer(201, JOB);
        Path keys = Files.writeString(home.resolve("keys"), "a b.md\nü/c.md\n\n");

        // When
        Shell.Result result = shell().run(
                        "job",
                        "create",
                        "--name",
                        "n",
                        "--source",
                        "a",
                        "--dest",
                        "b",
                        "--strategy",
                        "copy",
                        "--key",
                        "first",
                        "--keys-from",
                        keys.toString(),
                        "--path-prefix",
                        "rfc",
                        "--glob",
                        "**/*.md",
                        "--glob",
                        "*.txt",
                        "--min-age-days",
                        "1",
                        "--max-age-days",
                        "9",
                        "--modified-before",
                        "2026-01-31",
                        "--modified-after",
                        "2025-01-31T12:00:00+01:00",
                        "--min-size",
                        "1",
                        "--max-size",
                        "2G",
                        "--limit",
                        "5",
                        "--document-status",
                        "Approved",
                        "--document-type",
                        "rfc",
                        "--project",
                        "p",
                        "--exclude-project",
                        "q",
                        "--tag",
                        "t",
                        "--conflict-policy",
                        "overwrite",
                        "--verify",
                        "read_back",
                        "--no-validate",
                        "--concurrency",
                        "4",
                        "--dispatch-window",
                        "8",
                        "--batch-size",
                        "16",
                        "--max-attempts",
                        "2",
                        "--max-failures",
                        "2.5%",
                        "--dry-run",
                        "--no-rollback",
                        "--label",
                        "team=records",
                        "--label",
                        "x=y");

        // Then
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(sent(0)).isEqualTo(JSON.readTree("""
            {"jobName":"n","sourceProvider":"a","destProvider":"b","strategy":"copy",
             "documentUuids":null,"documentKeys":["first","a b.md","ü/c.md"],"failedOf":null,"documentList":null,
             "filterCriteria":{"pathPrefix":"rfc","glob":["**/*.md","*.txt"],"minAgeDays":1,"maxAgeDays":9,
               "modifiedBefore":"2026-01-31T00:00:00Z","modifiedAfter":"2025-01-31T11:00:00Z","minSizeBytes":1,
               "maxSizeBytes":2147483648,"limit":5,"status":["Approved"],"documentType":["rfc"],"projects":["p"],
               "excludeProjects":["q"],"tags":["t"]},
             "conflictPolicy":"overwrite","verify":"read_back","validate":false,"concurrency":4,"dispatchWindow":8,
             "batchSize":16,"maxAttempts":2,"maxFailures":"2.5%","dryRun":true,"rollbackEnabled":false,
             "labels":{"team":"records","x":"y"}}\
            """));
        assertThat(service.onlyRequest().head()).containsIgnoringCase("idempotency-key: ");
        assertThat(result.out()).isEqualTo("Job 7 'n' is pending.\n");
    }

    @Test
    void sendsNothingThatWasNotGivenAndNamesAJobAfterItsRoute() throws IOException {
        // Given
        service.answer(201, JOB);

        // When
        Shell.Result result = shell().run("job", "create", "--source", "a", "--dest", "b");

        // Then
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(sent(0))
                .isEqualTo(JSON.readTree("{\"sourceProvider\":\"a\",\"destProvider\":\"b\",\"jobName\":\"a to b\"}"));
    }

    @Test
    void putsOptionsInPlaceOfWhatADefinitionSays() throws IOException {
        // Given
        service.answer(201, JOB);
        String definition =
                "{\"jobName\":\"of the file\",\"sourceProvider\":\"a\",\"destProvider\":\"b\",\"documentKeys\":[\"k\"],"
                        + "\"filterCriteria\":{\"limit\":3}}";

        // When
        Shell.Result result = shell().typing(definition)
                .run("job", "create", "--definition", "-", "--name", "mine", "--tag", "t", "--max-failures", "0");

        // Then
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(sent(0)).isEqualTo(JSON.readTree("""
            {"jobName":"mine","sourceProvider":"a","destProvider":"b","documentKeys":["k"],
             "filterCriteria":{"limit":3,"tags":["t"]},"maxFailures":0}\
            """));
    }

    @Test
    void replacesTheSelectionOfAJobThatIsCloned() throws IOException {
        // Given
        service.answer(201, JOB).answer(202, JOB);

        // When
        Shell.Result result = shell().run("job", "clone", "3", "--failed-of", "3", "--start");

        // Then
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(service.requests().get(0).line()).startsWith("POST /api/v2/migrations/jobs/3/clone ");
        assertThat(sent(0))
                .isEqualTo(JSON.readTree(
                        "{\"documentUuids\":null,\"documentKeys\":null,\"failedOf\":\"3\",\"documentList\":null}"));
        assertThat(service.requests().get(1).line()).startsWith("POST /api/v2/migrations/jobs/7/start ");
    }

    @Test
    void sendsALedgerToTheJobThatIsMadeForItBeforeItStarts() throws IOException {
        // Given
        service.answer(201, JOB)
                .answer(200, "{\"jobId\":7,\"documents\":2,\"repeated\":0}")
                .answer(202, JOB);
        Path ledger = Files.writeString(home.resolve("failed.CSV"), "sourceKey\nü/c.md\nd\n");

        // When
        Shell.Result result = shell().run(
                        "job",
                        "create",
                        "--source",
                        "a",
                        "--dest",
                        "b",
                        "--documents-from",
                        ledger.toString(),
                        "--start");

        // Then
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(sent(0)).isEqualTo(JSON.readTree("""
            {"sourceProvider":"a","destProvider":"b","jobName":"a to b","documentUuids":null,"documentKeys":null,
             "failedOf":null,"documentList":true}\
            """));
        assertThat(service.requests().get(1).line()).startsWith("PUT /api/v2/migrations/jobs/7/documents ");
        assertThat(service.requests().get(1).head()).containsIgnoringCase("content-type: text/csv");
        assertThat(service.requests().get(1).body()).isEqualTo("sourceKey\nü/c.md\nd\n");
        assertThat(service.requests().get(2).line()).startsWith("POST /api/v2/migrations/jobs/7/start ");
        assertThat(result.err()).contains("2 documents of " + ledger + " for job 7.");
    }

    @Test
    void sendsNoLedgerToAJobThatTheSameCommandStartedBefore() throws IOException {
        // Given
        service.answer(200, JOB.replace("pending", "running"));
        Path ledger = Files.writeString(home.resolve("failed.ndjson"), "{\"sourceKey\":\"d\"}\n");

        // When
        Shell.Result result =
                shell().run("job", "create", "--source", "a", "--dest", "b", "--documents-from", ledger.toString());

        // Then
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(service.onlyRequest().line()).startsWith("POST /api/v2/migrations/jobs ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ledger.txt", "not-there.csv"})
    void makesNoJobForALedgerThatCannotBeSent(String name) throws IOException {
        Files.writeString(home.resolve("ledger.txt"), "sourceKey\nd\n");

        Shell.Result result = shell().run(
                        "job",
                        "clone",
                        "3",
                        "--documents-from",
                        home.resolve(name).toString());

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(name);
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void changesOnlyWhatWasGivenOfARunningJob() throws IOException {
        // Given
        service.answer(200, JOB);

        // When
        Shell.Result result = shell().run(
                        "job",
                        "set",
                        "7",
                        "--concurrency",
                        "64",
                        "--dispatch-window",
                        "auto",
                        "--max-failures",
                        "2.5%",
                        "--label",
                        "team=records",
                        "--remove-label",
                        "old");

        // Then
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(service.onlyRequest().line()).startsWith("PATCH /api/v2/migrations/jobs/7 ");
        assertThat(service.onlyRequest().head())
                .containsIgnoringCase("if-match: *")
                .containsIgnoringCase("content-type: application/merge-patch+json");
        assertThat(sent(0)).isEqualTo(JSON.readTree("""
            {"concurrency":64,"dispatchWindow":null,"maxFailures":"2.5%","labels":{"team":"records","old":null}}\
            """));
    }

    @Test
    void asksForSomethingToChange() {
        Shell.Result result = shell().run("job", "set", "7");

        assertThat(result.code()).isEqualTo(2);
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void skipsOneDocument() {
        service.answer(202, JOB);

        Shell.Result result = shell().run("job", "skip", "7", "--item", "12");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(service.onlyRequest().line()).startsWith("POST /api/v2/migrations/jobs/7/items/12/skip ");
    }

    @Test
    void startsNoJobThatTheSameCommandMadeAndStartedBefore() {
        // Given
        service.answer(200, JOB.replace("pending", "completed"));

        // When
        Shell.Result result =
                shell().run("job", "create", "--source", "a", "--dest", "b", "--idempotency-key", "monday", "--start");

        // Then
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(service.onlyRequest().line()).startsWith("POST /api/v2/migrations/jobs ");
    }

    @Test
    void doesNotSelectEverythingByAFileThatNamesNothing() throws IOException {
        // Given
        Path empty = Files.writeString(home.resolve("keys"), "\n");

        // When
        Shell.Result result =
                shell().run("job", "create", "--source", "a", "--dest", "b", "--keys-from", empty.toString());

        // Then
        assertThat(result.code()).isEqualTo(2);
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void retriesAPartOfWhatFailed() throws IOException {
        // Given
        service.answer(202, JOB).answer(202, JOB).answer(202, JOB);

        // When
        Shell.Result all = shell().run("job", "retry", "7");
        Shell.Result code = shell().run("job", "retry", "7", "--code", "DEST_CONFLICT");
        Shell.Result item = shell().run("job", "retry", "7", "--item", "12");

        // Then
        assertThat(all.code() + code.code() + item.code()).isZero();
        assertThat(service.requests().get(0).line()).startsWith("POST /api/v2/migrations/jobs/7/retry ");
        assertThat(service.requests().get(1).line()).startsWith("POST /api/v2/migrations/jobs/7/items/retry ");
        assertThat(sent(1)).isEqualTo(JSON.readTree("{\"errorCode\":\"DEST_CONFLICT\"}"));
        assertThat(service.requests().get(2).line()).startsWith("POST /api/v2/migrations/jobs/7/items/12/retry ");
    }

    @Test
    void readsSecretsFromWhereTheyAreSafe() throws IOException {
        // Given
        service.answer(404, "{\"status\":404,\"code\":\"PROVIDER_TYPE_UNKNOWN\"}")
                .answer(
                        201,
                        "{\"id\":1,\"providerName\":\"p\",\"providerType\":\"s3\",\"warnings\":[\"The store is away.\"]}");
        Path secret = Files.writeString(home.resolve("secret"), "of the file\n");

        // When
        Shell.Result result = shell().with("KEY", "of the environment")
                .typing("of the pipe\nrest\n")
                .run(
                        "provider",
                        "add",
                        "p",
                        "--type",
                        "s3",
                        "--set",
                        "bucket=b=c",
                        "--secret",
                        "secret_key=@" + secret,
                        "--secret",
                        "access_key=env:KEY",
                        "--secret",
                        "session_token=-",
                        "--read-only",
                        "--primary");

        // Then
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(sent(1)).isEqualTo(JSON.readTree("""
            {"providerName":"p","providerType":"s3","isPrimary":true,"isWritable":false,
             "config":{"bucket":"b=c","secret_key":"of the file","access_key":"of the environment",
                       "session_token":"of the pipe"}}\
            """));
        assertThat(result.err()).contains("Warning: The store is away.");
    }

    @Test
    void writesEverySettingAsTheRegistrySaysThatItIsWritten() throws IOException {
        // Given
        service.answer(200, """
            {"providerType":"s3","schema":{"properties":{"bucket":{"type":"string"},"region":{"type":"string"},
             "path_style":{"type":"boolean"},"versioning_enabled":{"type":"boolean"},"part_size_mb":{"type":"integer"},
             "upload_concurrency":{"type":"integer"}}}}\
            """);
        service.answer(201, "{\"id\":1,\"providerName\":\"p\",\"providerType\":\"s3\"}");

        // When
        Shell.Result result = shell().run(("provider add p --type s3 --set bucket=12345 --set region=true"
                        + " --set path_style=true --set versioning_enabled=1 --set part_size_mb=8"
                        + " --set upload_concurrency=many --set other=7")
                .split(" "));

        // Then
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(service.requests().get(0).line()).startsWith("GET /api/v2/provider-types/s3 ");
        assertThat(sent(1).path("config")).isEqualTo(JSON.readTree("""
            {"bucket":"12345","region":"true","path_style":true,"versioning_enabled":"1","part_size_mb":8,
             "upload_concurrency":"many","other":"7"}\
            """));
    }

    @Test
    void registersNothingWhileTheRegistryDoesNotSayHowSettingsAreWritten() {
        // Given
        service.answer(503, "{\"status\":503,\"code\":\"DATABASE_DOWN\"}");

        // When
        Shell.Result result = shell().run("provider", "add", "p", "--type", "s3", "--set", "bucket=b");

        // Then
        assertThat(result.code()).isEqualTo(5);
        assertThat(service.onlyRequest().line()).startsWith("GET ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--set secret_key=hunter2", "--set ACCESS_KEY=hunter2", "--secret secret_key=hunter2"})
    void takesNoSecretInClear(String option) {
        // When
        String[] words = ("provider add p --type s3 " + option).split(" ");
        Shell.Result result = shell().run(words);

        // Then
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("=@FILE", "=env:NAME").doesNotContain("hunter2");
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void readsListsPageByPageUpToTheLimit() throws IOException {
        // Given
        service.answer(200, "{\"jobs\":[" + JOB + "],\"count\":1,\"nextCursor\":\"a+b\"}");
        service.answer(200, "{\"jobs\":[" + JOB + "],\"count\":1,\"nextCursor\":\"c\"}");

        // When
        Shell.Result result = shell().run("job", "list", "--status", "failed", "--limit", "2", "--output", "json");

        // Then
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(service.requests().get(0).line()).contains("/jobs?status=failed&limit=2 ");
        assertThat(service.requests().get(1).line()).contains("/jobs?status=failed&limit=1&cursor=a%2Bb ");
        assertThat(JSON.readTree(result.out()).path("jobs")).hasSize(2);
        assertThat(result.err()).contains("There are more");
    }

    @Test
    void showsNoOrdersToTheTerminalThatANameHolds() throws IOException {
        // Given
        service.answer(
                200,
                "{\"items\":[{\"id\":1,\"status\":\"failed\",\"sourceKey\":\"a\\u001b[2J\\n"
                        + "b\\u202egpj.md\"}],\"count\":1}");

        // When
        Shell.Result result = shell().run("job", "items", "7");

        // Then
        assertThat(result.code()).isZero();
        assertThat(result.out().lines()).hasSize(2);
        assertThat(result.out()).doesNotContain("\u001b").doesNotContain("\u202e");
    }

    @Test
    void testsAStoreAndTellsByTheExitCodeThatAStepFailed() {
        // Given
        service.answer(200, """
            {"success":false,"error":"connect: Check the port.","providerName":"p","healthStatus":"unhealthy","checks":[
             {"name":"address","status":"ok","latencyMs":2,"hint":""},
             {"name":"connect","status":"failed","latencyMs":12,"hint":"Check the port."}],
             "capabilities":{"tags":true,"search":false}}\
            """);

        // When
        Shell.Result result = shell().run("provider", "test", "p");

        // Then
        assertThat(result.code()).isEqualTo(5);
        assertThat(service.onlyRequest().line()).startsWith("POST /api/v2/providers/p/test ");
        assertThat(result.out())
                .contains("p is unhealthy.", "address", "Check the port.", "can     tags", "cannot  search");
    }

    @Test
    void aStoreThatPassedItsTestEndsWithZero() {
        // Given
        service.answer(200, "{\"success\":true,\"providerName\":\"p\",\"healthStatus\":\"healthy\",\"checks\":[]}");

        // When
        Shell.Result result = shell().run("provider", "test", "p");

        // Then
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("p is healthy.");
    }

    @Test
    void showsHowFastAStoreMayBeUsed() {
        // Given
        service.answer(200, """
            {"id":3,"providerName":"p","providerType":"s3","limits":{"requestsPerSecond":12.5,"bytesPerSecond":2000000,
             "windows":["mon-fri 08:00-18:00 10M","daily 22:00-06:00 unlimited"],"timeZone":"Europe/Berlin"}}\
            """);

        // When
        Shell.Result result = shell().run("provider", "show", "p");

        // Then
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("limits          12.5 requests/s, 2.0 MB/s, mon-fri 08:00-18:00 10M,"
                        + " daily 22:00-06:00 unlimited (Europe/Berlin)");
    }

    @Test
    void beginsToCountAStore() {
        // Given
        service.answer(202, """
            {"providerName":"p","documentCount":0,"totalSizeBytes":0,"countedBy":"jobs","approximate":false,"quota":null,
             "usage":{"runningJobs":0,"jobs":[]},"distribution":[],
             "scan":{"state":"running","startedAt":"2026-11-28T10:00:00Z","documents":0,"hint":""}}\
            """);

        // When
        Shell.Result result = shell().run("provider", "scan", "p");

        // Then
        assertThat(result.code()).isZero();
        assertThat(service.onlyRequest().line()).startsWith("POST /api/v2/providers/p/scan ");
        assertThat(result.out())
                .contains("scan            running, 0 documents")
                .doesNotContain("quota", "KIND");
    }

    @Test
    void showsWhatAStoreHoldsAndHowThatIsKnown() {
        // Given
        service.answer(200, """
            {"providerName":"p","documentCount":9,"totalSizeBytes":12000,"countedBy":"scan_and_jobs","approximate":true,
             "quota":{"maxDocuments":10,"maxBytes":20000,"warnPercent":80,"usedPercent":90.0,"state":"warning"},
             "usage":{"runningJobs":2,"jobs":[]},
             "distribution":[{"extension":"pdf","documents":8,"bytes":11000},{"extension":"(none)","documents":1,"bytes":1000}],
             "scan":{"state":"failed","startedAt":"2026-11-28T10:00:00Z","documents":3,"hint":"The bucket is not there."}}\
            """);

        // When
        Shell.Result result = shell().run("provider", "statistics", "p");

        // Then
        assertThat(result.code()).isZero();
        assertThat(service.onlyRequest().line()).startsWith("GET /api/v2/providers/p/statistics ");
        assertThat(result.out())
                .contains("9 at most", "12.0 kB", "scan and jobs", "warning, 90.0 % of 10 documents or of 20.0 kB")
                .contains("failed, 3 documents, begun ", ": The bucket is not there.")
                .containsPattern("pdf +8 +11.0 kB");
    }
}
