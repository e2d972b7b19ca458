package io.hermes.orchestrator.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.edge.testing.RegistryStandIn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not become a job, and does not: after each test there are as many as before (RELIABILITY §4 A). */
@QuarkusTest
class JobBadInputTest extends ApiTest {

    private long before;

    @BeforeEach
    void count() {
        before = number("SELECT count(*) FROM migration_jobs");
    }

    @AfterEach
    void nothingWasCreated() {
        assertThat(number("SELECT count(*) FROM migration_jobs")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "\"job\"",
                "42",
                "{\"jobName\": \"x\",}",
                "{} {}",
                "{'jobName': 'x'}",
                "<job/>",
                "NaN"
            })
    void bodyThatIsNoJobIs400(String body) {
        admin().body(body)
                .post(JOBS)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", notNullValue())
                .body("detail", not(containsString("io.hermes")));
    }

    static Stream<String> impossibleFields() {
        return Stream.of(
                "\"role\": \"admin\"",
                "\"jobName\": \"again\"",
                "\"id\": 1",
                "\"status\": \"completed\"",
                "\"concurrency\": 0",
                "\"concurrency\": -1",
                "\"concurrency\": 4097",
                "\"concurrency\": 2147483648",
                "\"concurrency\": 1e9",
                "\"concurrency\": 1e400",
                "\"concurrency\": 99999999999999999999999999",
                "\"concurrency\": 5.5",
                "\"concurrency\": 5.0",
                "\"concurrency\": \"5\"",
                "\"concurrency\": NaN",
                "\"concurrency\": true",
                "\"concurrency\": []",
                "\"batchSize\": 0",
                "\"batchSize\": 1001",
                "\"batchSize\": -2147483648",
                "\"maxAttempts\": 0",
                "\"maxAttempts\": 101",
                "\"dispatchWindow\": 0",
                "\"dispatchWindow\": 100001",
                "\"dryRun\": \"true\"",
                "\"dryRun\": 1",
                "\"validate\": \"no\"",
                "\"strategy\": \"MOVE\"",
                "\"strategy\": \"Move \"",
                "\"strategy\": \"delete\"",
                "\"strategy\": \"\"",
                "\"strategy\": 0",
                "\"conflictPolicy\": \"ask\"",
                "\"verify\": \"hope\"",
                "\"labels\": {\"\": \"x\"}",
                "\"labels\": {\"a\": null}",
                "\"labels\": {\"a\": 1}",
                "\"labels\": {\"a\": {\"b\": \"c\"}}",
                "\"labels\": {\"a\": \"\\u0000\"}",
                "\"labels\": {\"a\": \"" + "x".repeat(257) + "\"}",
                "\"labels\": {\"" + "k".repeat(64) + "\": \"x\"}",
                "\"labels\": {" + labels(33) + "}",
                "\"documentUuids\": \"all\"",
                "\"documentUuids\": [null]",
                "\"documentUuids\": [\"1-1-1-1-1\"]",
                "\"filterCriteria\": []",
                "\"filterCriteria\": {\"nonsense\": 1}",
                "\"filterCriteria\": {\"pathPrefix\": \"../up\"}",
                "\"filterCriteria\": {\"minAgeDays\": -1}",
                "\"filterCriteria\": {\"minAgeDays\": 1.5}",
                "\"filterCriteria\": {\"glob\": \"[\"}",
                "\"filterCriteria\": {\"tags\": [\"\\u0000\"]}");
    }

    @ParameterizedTest
    @MethodSource("impossibleFields")
    void fieldThatCannotBeIs400(String field) {
        String valid = body("bad input");

        admin().body(valid.replaceFirst("}$", ", " + Matcher.quoteReplacement(field) + "}"))
                .post(JOBS)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("status", is(400))
                .body("code", notNullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\\u0000", "a\\u0000b", "\\ud800", "\\udc00\\ud800"})
    void nameThatCannotBeStoredIs400(String name) {
        admin().body(body(name)).post(JOBS).then().statusCode(400).body("code", is("VALIDATION_FAILED"));
    }

    @Test
    void nameOfAMegabyteIs400() {
        admin().body(body("x".repeat(1_000_000))).post(JOBS).then().statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobName", "sourceProvider", "destProvider"})
    void absentFieldIsNamed(String field) {
        String body = body("absent")
                .replace("\"" + field + "\"", "\"labels\"")
                .replaceFirst("\"labels\": \"[^\"]*\",? ?", "");

        admin().body(body.replace(", }", "}").replaceFirst(",\\s*}$", "}"))
                .post(JOBS)
                .then()
                .statusCode(400)
                .body("code", is("VALIDATION_FAILED"))
                .body("violations.find { it.field == '" + field + "' }.in", is("body"));
    }

    @Test
    void malformedUuidIsNamedByItsIndex() {
        admin().body(body("uuids")
                        .replace("}", ", \"documentUuids\": [\"019ab4c2-7d31-7c55-9a0e-2f6a1c1b7e42\", \"oops\"]}"))
                .post(JOBS)
                .then()
                .statusCode(400)
                .body("code", is("VALIDATION_FAILED"))
                .body("violations[0].field", containsString("documentUuids[1]"));
    }

    @Test
    void tooManyDocumentsIs400() {
        String uuids = IntStream.range(0, 10_001)
                .mapToObj(i -> "\"019ab4c2-7d31-7c55-9a0e-%012x\"".formatted(i))
                .collect(Collectors.joining(","));

        admin().body(body("many").replace("}", ", \"documentUuids\": [" + uuids + "]}"))
                .post(JOBS)
                .then()
                .statusCode(400)
                .body("violations[0].field", containsString("documentUuids"));
    }

    @Test
    void otherContentTypesAre415() {
        admin().contentType(ContentType.XML).body("<job/>").post(JOBS).then().statusCode(415);
        admin().contentType(ContentType.TEXT)
                .body(body("text"))
                .post(JOBS)
                .then()
                .statusCode(415);
    }

    @Test
    void nestingOfTenThousandLevelsIs400() throws Exception {
        String nested = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);

        assertThat(post(body("deep")
                        .replaceFirst("}$", ", \"filterCriteria\": " + nested + "}")
                        .getBytes(UTF_8)))
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"strategy\": \"copy\"}', '\"strategy\": \"copy\", \"maxFailures\": \"101%\"}', maxFailures",
        "'\"strategy\": \"copy\"}', '\"documentKeys\": [\"fine\", \"\"]}', documentKeys[1]",
        "local-primary, ' ', sourceProvider"
    })
    void fieldIsNamedAsItWasWritten(String what, String by, String name) {
        String good = body("named").replaceFirst("}$", ", \"strategy\": \"copy\"}");

        admin().body(good.replace(what, by))
                .post(JOBS)
                .then()
                .statusCode(400)
                .body("violations", hasSize(1))
                .body("violations[0].field", is(name));
    }

    @Test
    void bodyOfFiftyMegabytesIs413() throws Exception {
        assertThat(post(new byte[50_000_000])).isEqualTo(413);
    }

    @Test
    void bodyBeyondWhatIsCollectedIs413() {
        admin().body(new byte[9_000_000])
                .post(JOBS)
                .then()
                .statusCode(413)
                .body("code", is("BODY_TOO_LARGE"))
                .body("detail", containsString("8388608 bytes"));
    }

    /** Without REST Assured, which formats what it sends. Asks before it sends, as curl does with large bodies. */
    private static int post(byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + JOBS))
                .header("Authorization", "Bearer " + TestTokens.ADMIN)
                .header("Content-Type", "application/json")
                .expectContinue(true)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void unknownQueryParameterIs400() {
        admin().body(body("typo"))
                .post(JOBS + "?dryrun=true")
                .then()
                .statusCode(400)
                .body("code", is("UNKNOWN_QUERY_PARAMETER"));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"strategy\": \"mirror\"', STRATEGY_UNSUPPORTED",
        "'\"strategy\": \"verify\", \"conflictPolicy\": \"overwrite\"', OPTION_SENSELESS",
        "'\"strategy\": \"verify\", \"verify\": \"store_checked\"', OPTION_SENSELESS",
        "'\"strategy\": \"verify\", \"dryRun\": true', OPTION_SENSELESS",
        "'\"strategy\": \"move\"', STRATEGY_UNSUPPORTED",
        "'\"strategy\": \"move\", \"validate\": false', VALIDATION_REQUIRED",
        "'\"transformRules\": [{\"format\": \"markdown\"}]', TRANSFORM_UNSUPPORTED"
    })
    void whatMakesNoSenseOrIsNotDoneYetIs422(String fields, String code) {
        admin().body(body("senseless").replaceFirst("}$", ", " + fields + "}"))
                .post(JOBS)
                .then()
                .statusCode(422)
                .body("code", is(code));
    }

    @ParameterizedTest
    @CsvSource({
        "nobody, s3-archive, sourceProvider",
        "local-primary, nobody, destProvider",
        "local-primary, 4711, destProvider",
        "019ab4c2-7d31-7c55-9a0e-2f6a1c1b7e42, s3-archive, sourceProvider",
        "../1, s3-archive, sourceProvider",
        "a/claims/b, s3-archive, sourceProvider",
        "1;drop, s3-archive, sourceProvider",
        "%2e%2e, s3-archive, sourceProvider",
        "?x=y#z, s3-archive, sourceProvider"
    })
    void unknownProviderIs422AndNamed(String source, String destination, String field) {
        admin().body("{\"jobName\": \"x\", \"sourceProvider\": \"%s\", \"destProvider\": \"%s\"}"
                        .formatted(source, destination))
                .post(JOBS)
                .then()
                .statusCode(422)
                .body("code", is("PROVIDER_UNKNOWN"))
                .body("field", is(field));
    }

    @Test
    void sameProviderUnderTwoNamesIs422() {
        admin().body("{\"jobName\": \"x\", \"sourceProvider\": 1, \"destProvider\": \"local-primary\"}")
                .post(JOBS)
                .then()
                .statusCode(422)
                .body("code", is("SAME_PROVIDER"));
    }

    @Test
    void overlappingPrefixesAre422() {
        RegistryStandIn.put(s3(21, "s3-root", "http://S3.test:9000/", "archive", ""));

        assertRefused("s3-root", "s3-archive", 422, "OVERLAPPING_STORES");
    }

    @Test
    void nestedFoldersAre422() {
        RegistryStandIn.put(local(22, "local-nested", ProviderStatus.ACTIVE, true, "/srv/nowhere/primary/old"));

        assertRefused("local-primary", "local-nested", 422, "OVERLAPPING_STORES");
    }

    @Test
    void disabledSourceIs409() {
        RegistryStandIn.put(local(23, "local-off", ProviderStatus.DISABLED, true, "/srv/nowhere/off"));

        assertRefused("local-off", "s3-archive", 409, "PROVIDER_DISABLED");
    }

    static Stream<ResolvedProvider> unwritable() {
        return Stream.of(
                local(24, "local-disabled", ProviderStatus.DISABLED, true, "/srv/nowhere/d"),
                local(25, "local-readonly", ProviderStatus.READONLY, true, "/srv/nowhere/r"),
                local(26, "local-cold", ProviderStatus.ACTIVE, false, "/srv/nowhere/c"));
    }

    @ParameterizedTest
    @MethodSource("unwritable")
    void unwritableDestinationIs409(ResolvedProvider destination) {
        RegistryStandIn.put(destination);

        assertRefused("local-primary", destination.providerName(), 409, "PROVIDER_NOT_WRITABLE");
    }

    @Test
    void fullDestinationIs409() {
        ResolvedProvider full = local(27, "local-full", ProviderStatus.ACTIVE, true, "/srv/nowhere/f");
        RegistryStandIn.put(full);
        RegistryStandIn.full(full);

        admin().body("{\"jobName\": \"x\", \"sourceProvider\": \"local-primary\", \"destProvider\": \"local-full\"}")
                .post(JOBS)
                .then()
                .statusCode(409)
                .body("code", is("PROVIDER_QUOTA_EXCEEDED"))
                .body("field", is("destProvider"))
                .body("detail", containsString("Raise its quota"));
    }

    @Test
    void silentRegistryIs503() {
        RegistryStandIn.down(true);

        admin().body(body("outage"))
                .post(JOBS)
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("code", is("REGISTRY_UNAVAILABLE"));
    }

    private static void assertRefused(String source, String destination, int status, String code) {
        admin().body("{\"jobName\": \"x\", \"sourceProvider\": \"%s\", \"destProvider\": \"%s\"}"
                        .formatted(source, destination))
                .post(JOBS)
                .then()
                .statusCode(status)
                .body("code", is(code));
    }

    private static String labels(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"l" + i + "\": \"x\"").collect(Collectors.joining(", "));
    }
}
