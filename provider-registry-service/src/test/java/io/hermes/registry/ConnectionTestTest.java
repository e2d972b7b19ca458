package io.hermes.registry;

import static io.hermes.registry.RegistryProfile.admin;
import static io.hermes.registry.RegistryProfile.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.registry.probe.Probes;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.ProbeReport;
import io.hermes.storage.testing.Certificates;
import io.hermes.storage.testing.FaultProxy;
import io.hermes.storage.testing.FaultRule;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.Requests;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a connection, step by step, on a real S3 server and on servers that are anything but. */
@QuarkusTest
@TestProfile(RegistryProfile.class)
class ConnectionTestTest extends OnBucket {

    private static final String TEST = PROVIDERS + "/test";

    @TempDir
    Path folder;

    @Inject
    Probes probes;

    private final String name = "tested-" + UUID.randomUUID();

    @AfterEach
    void nothingLeft() {
        admin().delete(PROVIDERS + "/" + name);
    }

    private String s3(String url, String more) {
        return """
                {"providerName":"%s","providerType":"s3","config":{"endpoint":"%s","region":"%s","bucket":"%s","prefix":"%s",
                 "access_key":"%s","secret_key":"%s","retry_max_attempts":1%s}}""".formatted(name, url, region, bucket, name, accessKey, secretKey, more);
    }

    private static Response post(String path, String body) {
        return admin().contentType(ContentType.JSON).body(body).post(path);
    }

    private static JsonPath tested(String body) {
        return post(TEST, body).then().statusCode(200).extract().jsonPath();
    }

    private static Map<String, String> steps(JsonPath result) {
        List<Map<String, Object>> checks = result.getList("checks");
        return checks.stream()
                .collect(Collectors.toMap(
                        check -> String.valueOf(check.get("name")), check -> String.valueOf(check.get("status"))));
    }

    @Test
    void everyStepIsTriedBeforeSavingAndNothingIsKept() {
        // When
        JsonPath result = tested(s3(endpoint, ""));

        // Then
        assertThat(result.getBoolean("success")).isTrue();
        assertThat(result.getString("error")).isNull();
        assertThat(result.getString("healthStatus")).isEqualTo("healthy");
        assertThat(result.getString("stored")).isNull();
        List<String> names = result.getList("checks.name");
        assertThat(names)
                .startsWith("address", "connect", "credentials", "bucket", "list")
                .contains(
                        "write",
                        "read_back",
                        "delete",
                        "versions",
                        "conditional_put",
                        "conditional_delete",
                        "refuses_wrong_bytes",
                        "tags");
        assertThat(steps(result)).doesNotContainValue("failed");
        assertThat(result.getBoolean("capabilities.conditionalPut")).isTrue();
        admin().get(PROVIDERS + "/" + name).then().statusCode(404);
    }

    @Test
    void whatWasSeenOfASavedProviderIsKeptAndWinsOverWhatWasDeclared() {
        // Given
        post(
                        PROVIDERS,
                        s3(endpoint, "")
                                .replace("\"config\"", "\"capabilities\":{\"conditionalPut\":false},\"config\""))
                .then()
                .statusCode(201);
        RegistryDatabase.run("UPDATE provider_storage SET measured = NULL WHERE provider_name = '" + name + "'");
        admin().get(PROVIDERS + "/" + name).then().body("capabilities.conditionalPut", equalTo(false));

        // When
        post(PROVIDERS + "/" + name + "/test", "")
                .then()
                .statusCode(200)
                .body("success", equalTo(true))
                .body("stored", equalTo(true))
                .body("providerName", equalTo(name))
                .body("capabilities.conditionalPut", equalTo(true));

        // Then
        admin().get(PROVIDERS + "/" + name)
                .then()
                .body("capabilities.conditionalPut", equalTo(true))
                .body("healthStatus", equalTo("healthy"))
                .body("version", equalTo(2));
        service()
                .get("/internal/providers/" + name)
                .then()
                .header("ETag", "\"2\"")
                .body("capabilities.refusesWrongBytes", equalTo(true));
        post(PROVIDERS + "/" + name + "/test", "").then().body("stored", equalTo(true));
        admin().get(PROVIDERS + "/" + name).then().body("version", equalTo(2));
    }

    /** What an outage cut short is no reason to open the store differently. */
    @Test
    void aStoreThatIsAwayKeepsWhatItWasSeenToDo() {
        try (FaultProxy proxy = FaultProxy.before(endpoint)) {
            // Given
            post(PROVIDERS, s3(proxy.endpoint(), "")).then().statusCode(201);
            proxy.refuseConnections();

            // When
            post(PROVIDERS + "/" + name + "/test", "")
                    .then()
                    .statusCode(200)
                    .body("success", equalTo(false))
                    .body("healthStatus", equalTo("unhealthy"))
                    .body("stored", equalTo(false));

            // Then
            admin().get(PROVIDERS + "/" + name)
                    .then()
                    .body("healthStatus", equalTo("unhealthy"))
                    .body("capabilities.conditionalPut", equalTo(true))
                    .body("version", equalTo(1));
        }
    }

    @Test
    void theStepThatFailsSaysWhatToDo() throws IOException {
        int closed;
        try (ServerSocket free = new ServerSocket(0)) {
            closed = free.getLocalPort();
        }
        assertThat(steps(tested(s3("http://127.0.0.1:" + closed, ""))))
                .containsEntry("address", "ok")
                .containsEntry("connect", "failed")
                .containsEntry("bucket", "skipped")
                .containsEntry("read_back", "skipped");
        assertThat(steps(tested(s3("http://nowhere.invalid", ""))))
                .containsEntry("address", "failed")
                .doesNotContainKey("connect");
        JsonPath wrongKey = tested(s3(endpoint, "").replace(secretKey, "wrong"));
        assertThat(steps(wrongKey)).containsEntry("credentials", "failed").containsEntry("bucket", "skipped");
        assertThat(wrongKey.getString("error")).startsWith("credentials: ").contains("secret_key");
        assertThat(steps(tested(s3(endpoint, "").replace("\"bucket\":\"" + bucket, "\"bucket\":\"not-here-" + bucket))))
                .containsEntry("credentials", "ok")
                .containsEntry("bucket", "failed")
                .containsEntry("write", "skipped");
    }

    @Test
    void aCertificateIsAcceptedFromThePinnedAuthorityOnly() {
        Certificates.Server own = new Certificates(folder).selfSigned("IP:127.0.0.1");
        try (FaultProxy proxy = FaultProxy.before(endpoint, own.context())) {
            assertThat(steps(tested(s3(proxy.endpoint(), ""))))
                    .containsEntry("connect", "ok")
                    .containsEntry("tls", "failed")
                    .containsEntry("bucket", "skipped");
            assertThat(steps(tested(s3(proxy.endpoint(), ",\"ca_cert_path\":\"" + own.pem() + "\""))))
                    .containsEntry("tls", "ok")
                    .containsEntry("bucket", "ok");
        }
    }

    @Test
    void nothingOfAForeignAnswerIsRepeated() throws IOException {
        try (FaultProxy stranger = FaultProxy.alone()) {
            for (int status : List.of(400, 403, 500)) {
                FaultRule answers = stranger.on(Requests.all(), Faults.error(status, Faults.CANARY));

                String answer = post(TEST, s3(stranger.endpoint(), ""))
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString();

                assertThat(answer).contains("\"success\":false").doesNotContain(Faults.CANARY);
                answers.stop();
            }
        }
        assertThat(Files.readString(Path.of("target", "registry-test.log"))).doesNotContain(Faults.CANARY);
    }

    @Test
    void aFolderIsTestedToo() throws IOException {
        String body = "{\"providerType\":\"local\",\"config\":{\"base_path\":\"" + folder.toRealPath() + "\"}%s}";
        assertThat(steps(tested(body.formatted(""))))
                .containsEntry("root", "ok")
                .containsEntry("list", "ok")
                .containsEntry("write", "ok")
                .containsEntry("read_back", "ok")
                .containsEntry("delete", "ok")
                .doesNotContainValue("failed");
        assertThat(steps(tested(body.formatted(",\"isWritable\":false")))).doesNotContainKey("write");
        assertThat(steps(tested(body.formatted(",\"status\":\"readonly\"")))).doesNotContainKey("write");
        try (Stream<Path> left = Files.walk(folder).filter(Files::isRegularFile)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void onlyAnAdministratorMayTestAndOnlyWhatMakesSense() {
        String body = s3(endpoint, "");
        RestAssured.given()
                .contentType(ContentType.JSON)
                .body(body)
                .post(TEST)
                .then()
                .statusCode(401);
        service().contentType(ContentType.JSON).body(body).post(TEST).then().statusCode(403);
        service().post(PROVIDERS + "/1/test").then().statusCode(403);
        post(TEST, "{\"providerType\":\"nothing\"}")
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("providerType"));
        post(TEST, "{\"providerType\":\"s3\",\"config\":{\"nonsense\":1}}")
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("config.nonsense"));
        post(TEST, "{\"providerType\":\"s3\",\"surprise\":1}")
                .then()
                .statusCode(400)
                .body("code", notNullValue());
        post(PROVIDERS + "/nobody-" + UUID.randomUUID() + "/test", "").then().statusCode(404);
        post(TEST + "?dryRun=true", body).then().statusCode(400);
    }

    /** A server that accepts and says nothing must not be a way to make the registry knock at many doors. */
    @Test
    void onlySoManyTestsRunAtOnce() throws IOException {
        Queue<Socket> guests = new ConcurrentLinkedQueue<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
                ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            // Given
            callers.execute(() -> accept(silent, guests));
            String body = s3("http://127.0.0.1:" + silent.getLocalPort(), ",\"request_timeout_seconds\":3600");
            List<CompletableFuture<Response>> running = IntStream.range(0, 4)
                    .mapToObj(test -> CompletableFuture.supplyAsync(() -> post(TEST, body), callers))
                    .toList();
            await().atMost(Duration.ofSeconds(120))
                    .untilAsserted(() -> assertThat(guests).hasSize(8));

            // When
            Response oneMore = post(TEST, body);

            // Then
            oneMore.then().statusCode(429).header("Retry-After", "5").body("code", equalTo("TOO_MANY_TESTS"));
            silent.close();
            for (Socket guest : guests) {
                guest.close();
            }
            for (CompletableFuture<Response> ended : running) {
                JsonPath result = ended.join()
                        .then()
                        .statusCode(200)
                        .body("stored", nullValue())
                        .extract()
                        .jsonPath();
                assertThat(steps(result)).containsEntry("connect", "ok").containsEntry("bucket", "failed");
            }
        }
        tested(s3(endpoint, ""));
    }

    @Test
    void aServerThatSaysNothingIsNotWaitedForForEver() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            // Given
            ResolvedProvider provider = new ResolvedProvider(
                    1,
                    UUID.randomUUID(),
                    name,
                    "s3",
                    1,
                    ProviderStatus.ACTIVE,
                    true,
                    Map.of(
                            "endpoint",
                            "http://127.0.0.1:" + silent.getLocalPort(),
                            "region",
                            region,
                            "bucket",
                            bucket,
                            "request_timeout_seconds",
                            "3600"),
                    Map.of("access_key", accessKey, "secret_key", secretKey),
                    null,
                    false);

            // When
            ProbeReport report = probes.probe(provider, ProbeDepth.CAPABILITIES, Duration.ofSeconds(1))
                    .await()
                    .atMost(Duration.ofSeconds(120));

            // Then
            assertThat(report.steps()).singleElement().satisfies(step -> {
                assertThat(step.hint()).isEqualTo("the store did not answer within 1 s");
                assertThat(step.failure()).contains(ErrorKind.TIMEOUT);
            });
            assertThat(report.conclusive()).isFalse();
        }
    }

    private static void accept(ServerSocket silent, Queue<Socket> guests) {
        try {
            while (true) {
                guests.add(silent.accept());
            }
        } catch (IOException closed) {
            // The test has ended.
        }
    }
}
