package io.hermes.registry.statistics;

import static io.hermes.registry.RegistryProfile.admin;
import static io.hermes.registry.RegistryProfile.operator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.hermes.registry.RegistryDatabase;
import io.hermes.registry.RegistryProfile;
import io.hermes.registry.health.HeldStore;
import io.hermes.registry.provider.ScanLease;
import io.hermes.registry.provider.Statistics;
import io.hermes.registry.provider.Tally;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.ListPage;
import io.hermes.storage.Revision;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** What a store holds is counted by listing it, whatever jobs do meanwhile. */
@QuarkusTest
@TestProfile(RegistryProfile.class)
class ScanTest extends WithClaims {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Inject
    Statistics statistics;

    @TempDir
    Path folder;

    private void registerFolder(Path root) {
        register("{\"providerName\":\"" + name + "\",\"providerType\":\"local\",\"config\":{\"base_path\":\"" + root
                + "\"}}");
    }

    private String s3(String called, String url, String more) {
        return """
                {"providerName":"%s","providerType":"s3","isWritable":false,"config":{"endpoint":"%s","region":"us-east-1",
                 "bucket":"%s","access_key":"%s","secret_key":"%s","retry_max_attempts":1,"request_timeout_seconds":300%s}}""".formatted(called, url, bucket, accessKey, secretKey, more);
    }

    private void scan() {
        operator().post(PROVIDERS + "/" + name + "/scan").then().statusCode(202).body("scan", notNullValue());
    }

    private void isScanned(String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> statistics().then().statusCode(200).body("scan.state", equalTo(state)));
    }

    private static <T> T result(Uni<T> work) {
        return work.await().atMost(PATIENCE);
    }

    private Optional<ScanLease> take(JsonPath provider) {
        return result(statistics.take(provider.getLong("id")));
    }

    private boolean settled(ScanLease scan, int documents) {
        return result(statistics.settle(scan, tally(documents)));
    }

    /** So many documents of ten bytes each. */
    private static Tally tally(int documents) {
        Tally tally = new Tally();
        tally.add(new ListPage(
                IntStream.range(0, documents)
                        .mapToObj(number -> new ListPage.Entry(
                                new DocumentKey("a-" + number + ".txt"), 10, Instant.EPOCH, Revision.of("r")))
                        .toList(),
                List.of(),
                Optional.empty()));
        return tally;
    }

    private void shows(int documents, String countedBy, boolean approximate) {
        statistics()
                .then()
                .statusCode(200)
                .body("documentCount", equalTo(documents))
                .body("totalSizeBytes", equalTo(10 * documents))
                .body("countedBy", equalTo(countedBy))
                .body("approximate", equalTo(approximate));
        admin().get(PROVIDERS + "/" + name)
                .then()
                .body("documentCount", equalTo(documents))
                .body("totalSizeBytes", equalTo(10 * documents))
                .body("version", equalTo(1));
    }

    @Test
    void aFolderIsCounted() throws IOException {
        // Given
        Files.createDirectories(folder.resolve("a/b"));
        Files.writeString(folder.resolve("a/b/x.pdf"), "123");
        Files.writeString(folder.resolve("a/y.PDF"), "12345");
        Files.writeString(folder.resolve("notes.txt"), "12");
        Files.writeString(folder.resolve("README"), "");
        registerFolder(folder.toRealPath());
        statistics()
                .then()
                .body("countedBy", equalTo("jobs"))
                .body("scan", nullValue())
                .body("statisticsAsOf", nullValue())
                .body("distribution", hasSize(0));

        // When
        scan();
        isScanned("counted");

        // Then
        statistics()
                .then()
                .body("documentCount", equalTo(4))
                .body("totalSizeBytes", equalTo(10))
                .body("countedBy", equalTo("scan"))
                .body("approximate", equalTo(false))
                .body("statisticsAsOf", notNullValue())
                .body("distribution.extension", equalTo(List.of("pdf", "(none)", "txt")))
                .body("distribution.documents", equalTo(List.of(2, 1, 1)))
                .body("distribution.bytes", equalTo(List.of(8, 0, 2)))
                .body("scan.documents", equalTo(4))
                .body("scan.endedAt", notNullValue())
                .body("scan.hint", equalTo(""));
        admin().get(PROVIDERS + "/" + name)
                .then()
                .body("documentCount", equalTo(4))
                .body("totalSizeBytes", equalTo(10))
                .body("statisticsAsOf", notNullValue())
                .body("version", equalTo(1));
        admin().get("/api/v2/audit-events?action=scan.begin&target=" + name)
                .then()
                .body("events.actor", equalTo(List.of("operator")))
                .body("events.targetName", equalTo(List.of(name)));
    }

    @Test
    void aStoreOfManyPagesIsCountedToItsEnd() throws IOException {
        for (int number = 0; number < 2005; number++) {
            Files.writeString(folder.resolve("document-" + number + ".txt"), "1");
        }
        registerFolder(folder.toRealPath());

        scan();
        isScanned("counted");

        statistics().then().body("documentCount", equalTo(2005)).body("totalSizeBytes", equalTo(2005));
    }

    @Test
    void aBucketIsCountedBelowThePrefixOfTheProvider() {
        try (S3AsyncClient client = S3AsyncClient.builder()
                .endpointOverride(URI.create(endpoint))
                .region(Region.of(region))
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .build()) {
            for (String key : List.of(name + "/a.pdf", name + "/b/c.pdf", name + "-not/d.pdf")) {
                client.putObject(put -> put.bucket(bucket).key(key), AsyncRequestBody.fromString("twelve bytes"))
                        .join();
            }
        }
        register(s3(name, endpoint, ",\"prefix\":\"" + name + "\""));

        scan();
        isScanned("counted");

        statistics()
                .then()
                .body("documentCount", equalTo(2))
                .body("totalSizeBytes", equalTo(24))
                .body("distribution.extension", equalTo(List.of("pdf")));
    }

    @Test
    void aStoreThatCannotBeListedKeepsItsCounters() throws IOException {
        // Given
        Path later = folder.toRealPath().resolve("later");
        registerFolder(later);
        RegistryDatabase.run("UPDATE provider_storage SET document_count = 7 WHERE provider_name = '" + name + "'");

        // When
        scan();
        isScanned("failed");

        // Then
        statistics()
                .then()
                .body("documentCount", equalTo(7))
                .body("countedBy", equalTo("jobs"))
                .body("scan.hint", not(equalTo("")));
        Files.createDirectory(later);
        scan();
        isScanned("counted");
        statistics().then().body("documentCount", equalTo(0));
    }

    @Test
    void aDisabledStoreIsNotScanned() {
        register(memory(name, ",\"status\":\"disabled\""));

        operator()
                .post(PROVIDERS + "/" + name + "/scan")
                .then()
                .statusCode(409)
                .body("code", equalTo("PROVIDER_DISABLED"));
    }

    @Test
    void oneScanOfAStoreAtATime() {
        JsonPath provider = registerMemory();

        List<Optional<ScanLease>> taken =
                IntStream.range(0, 8)
                        .mapToObj(attempt -> CompletableFuture.supplyAsync(() -> take(provider)))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();

        assertThat(taken).filteredOn(Optional::isPresent).hasSize(1);
        scan();
        statistics().then().body("scan.state", equalTo("running"));
    }

    @Test
    void whoDiesOverAScanIsReplacedAndWhatItSawIsDropped() {
        // Given
        JsonPath provider = registerMemory();
        ScanLease dead = take(provider).orElseThrow();
        assertThat(result(statistics.progress(dead, tally(3)))).isTrue();
        statistics().then().body("scan.state", equalTo("running")).body("scan.documents", equalTo(3));

        // When
        RegistryDatabase.run("UPDATE provider_scans SET lease_until = clock_timestamp() - interval '1 second'");

        // Then
        statistics().then().body("scan.state", equalTo("interrupted")).body("documentCount", equalTo(0));
        ScanLease second = take(provider).orElseThrow();
        assertThat(result(statistics.progress(dead, tally(4)))).isFalse();
        assertThat(settled(dead, 4)).isFalse();
        assertThat(result(statistics.fail(dead, "late"))).isFalse();
        shows(0, "jobs", false);
        assertThat(settled(second, 5)).isTrue();
        assertThat(settled(second, 6)).isFalse();
        shows(5, "scan", false);
    }

    @Test
    void whatAJobBringsMeanwhileIsNotLost() {
        // Given
        JsonPath provider = registerMemory();
        UUID job = claimed(provider, "destination");
        ScanLease scan = take(provider).orElseThrow();

        // When
        release(provider, job, 3, 30);
        release(provider, job, 3, 30);
        brought(provider, 1, 10);

        // Then
        assertThat(settled(scan, 5)).isTrue();
        shows(9, "scan", true);
    }

    @Test
    void whatAJobBroughtBeforeIsNotCountedTwice() {
        // Given
        JsonPath provider = registerMemory();
        UUID job = claimed(provider, "destination");
        release(provider, job, 3, 30);

        // When
        assertThat(settled(take(provider).orElseThrow(), 5)).isTrue();

        // Then
        shows(5, "scan", false);
        claim(provider, job, "destination").then().statusCode(204);
        release(provider, job, 4, 40);
        shows(6, "scan_and_jobs", false);
    }

    @Test
    void aJobThatIsStillWritingMakesACountApproximateUntilTheNext() {
        // Given
        JsonPath provider = registerMemory();
        UUID job = claimed(provider, "destination");

        // When
        assertThat(settled(take(provider).orElseThrow(), 5)).isTrue();

        // Then
        shows(5, "scan", true);
        statistics()
                .then()
                .body("usage.runningJobs", equalTo(1))
                .body("usage.jobs.jobUuid", equalTo(List.of(job.toString())))
                .body("usage.jobs.role", equalTo(List.of("destination")));
        release(provider, job, 3, 30);
        shows(8, "scan_and_jobs", true);
        assertThat(settled(take(provider).orElseThrow(), 6)).isTrue();
        shows(6, "scan", false);
        statistics().then().body("usage.runningJobs", equalTo(0)).body("usage.jobs", hasSize(0));
    }

    @Test
    void aJobThatOnlyReadsDisturbsNothing() {
        JsonPath provider = registerMemory();
        UUID reading = claimed(provider, "source");
        claimed(provider, "source");
        ScanLease scan = take(provider).orElseThrow();

        release(provider, reading, 0, 0);

        assertThat(settled(scan, 5)).isTrue();
        shows(5, "scan", false);
    }

    @Test
    void whatIsCountedOfOtherSettingsIsDropped() {
        // Given
        JsonPath provider = registerMemory();
        ScanLease scan = take(provider).orElseThrow();
        patch("{\"displayName\":\"Papers\"}").then().statusCode(200);
        assertThat(result(statistics.progress(scan, tally(1)))).isTrue();

        // When
        patch("{\"config\":{\"name\":\"another\"}}").then().statusCode(200);

        // Then
        assertThat(result(statistics.progress(scan, tally(2)))).isFalse();
        assertThat(settled(scan, 2)).isFalse();
        statistics().then().body("scan.state", equalTo("dropped")).body("documentCount", equalTo(0));
    }

    /** Two are being counted and do not come on; the third store has to wait. */
    @Test
    void onlySoManyAreCountedAtOnce() {
        try (HeldStore store = HeldStore.start()) {
            // Given
            List<String> names = List.of(name + "-1", name + "-2", name + "-3");
            names.forEach(called -> register(s3(called, store.endpoint(), "")));
            store.hold();
            names.subList(0, 2)
                    .forEach(called -> await().atMost(PATIENCE)
                            .untilAsserted(() -> operator()
                                    .post(PROVIDERS + "/" + called + "/scan")
                                    .then()
                                    .statusCode(202)
                                    .body("scan.state", equalTo("running"))));

            // When
            operator()
                    .post(PROVIDERS + "/" + names.get(2) + "/scan")
                    .then()
                    .statusCode(429)
                    .header("Retry-After", "60")
                    .body("code", equalTo("TOO_MANY_SCANS"));

            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(store.asked()).hasSize(2));
            store.letGo();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> operator()
                            .post(PROVIDERS + "/" + names.get(2) + "/scan")
                            .then()
                            .statusCode(202));
            names.forEach(called -> await().atMost(PATIENCE)
                    .untilAsserted(() -> admin().get(PROVIDERS + "/" + called + "/statistics")
                            .then()
                            .body("scan.state", anyOf(equalTo("counted"), equalTo("failed")))));
        }
    }

    @Test
    void allProvidersAreToldByTypeAndByStatus() {
        String overview = "/api/v2/provider-statistics";
        JsonPath before = admin().get(overview).then().statusCode(200).extract().jsonPath();
        JsonPath provider = registerMemory();
        brought(provider, 3, 30);
        patch("{\"status\":\"migrating\"}").then().statusCode(200);

        JsonPath after = admin().get(overview).then().statusCode(200).extract().jsonPath();

        assertThat(after.getLong("providers")).isEqualTo(before.getLong("providers") + 1);
        assertThat(after.getLong("documentCount")).isEqualTo(before.getLong("documentCount") + 3);
        for (String group :
                List.of("byType.findAll { it.name == 'memory' }", "byStatus.findAll { it.name == 'migrating' }")) {
            assertThat(sum(after, group, "providers")).isEqualTo(sum(before, group, "providers") + 1);
            assertThat(sum(after, group, "documentCount")).isEqualTo(sum(before, group, "documentCount") + 3);
            assertThat(sum(after, group, "totalSizeBytes")).isEqualTo(sum(before, group, "totalSizeBytes") + 30);
        }
        admin().get(overview + "?type=s3").then().statusCode(400);
    }

    private static long sum(JsonPath overview, String group, String field) {
        return overview.getList(group + "." + field, Long.class).stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
