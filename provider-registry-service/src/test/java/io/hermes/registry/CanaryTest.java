package io.hermes.registry;

import static io.hermes.registry.RegistryProfile.admin;
import static io.hermes.registry.RegistryProfile.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.hermes.storage.testing.FaultProxy;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.ProxiedReply;
import io.hermes.storage.testing.Requests;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A secret is brought in by every {@link Way}, and then every {@link Place} is searched for every {@link SecretSpelling} of it. The store
 * that the providers lead to knows all of them, and puts them into everything that it answers.
 */
@QuarkusTest
@TestProfile(RegistryProfile.class)
class CanaryTest extends OnBucket {

    private static final Path LOG = Path.of("target", "registry-test.log");

    @ConfigProperty(name = "hermes.providers.file")
    Path file;

    @ConfigProperty(name = "HERMES_SECRETS_DIRECTORY")
    Path mounted;

    @ConfigProperty(name = "HERMES_VAULT_TOKEN_FILE")
    Path vaultToken;

    private final String name = "canary-way-" + UUID.randomUUID();
    private final String witness = "witness-" + UUID.randomUUID();
    private final String canary = "s/" + UUID.randomUUID() + "+ed \"quoted\" 93ab\\";
    private final List<Response> answers = new ArrayList<>();
    private FaultProxy stranger;
    private volatile int status = 403;

    /** Where a secret could come to light. What services are given is none of them: they need it. */
    private enum Place {
        ANSWER,
        PROBLEM,
        LOG,
        AUDIT_EVENT,
        HEALTH_HISTORY,
        METRIC,
        DATABASE,
        OPENAPI
    }

    /** How a secret comes in, and what then happens to it. */
    enum Way {
        CREATED {
            @Override
            void go(CanaryTest test) {
                test.isTaken(test.create());
                test.hasArrived();
                test.seen(test.create());
            }
        },
        REFUSED {
            @Override
            void go(CanaryTest test) {
                test.seen(test.post(PROVIDERS, test.body().put("status", test.canary)));
                test.seen(test.post(PROVIDERS, test.body("bucket", "NO BUCKET")));
                test.seen(test.post(PROVIDERS, test.body("secret_key", List.of(test.canary))));
                test.seen(test.post(PROVIDERS, test.body("secret_key", test.canary + "\n")));
                test.seen(test.post(PROVIDERS, test.body("secret_key", Map.of("ref", test.canary))));
                test.seen(test.post(PROVIDERS, test.body("secret_key", Map.of("value", test.canary))));
                test.seen(test.post(PROVIDERS, test.body("region", test.canary)));
                test.seen(admin().contentType(ContentType.JSON)
                        .body("{\"providerName\":" + test.canary)
                        .post(PROVIDERS));
            }
        },
        PASSWORD_IN_THE_URL {
            @Override
            void go(CanaryTest test) {
                String word = test.word();
                for (String route : List.of(PROVIDERS, PROVIDERS + "/test")) {
                    test.seen(test.post(route, test.body("endpoint", "http://id:" + word + "@127.0.0.1:1")));
                    test.seen(test.post(route, test.body("endpoint", "http://127.0.0.1:1/?key=" + word)));
                }
            }
        },
        PATCHED {
            @Override
            void go(CanaryTest test) {
                test.isTaken(test.post(PROVIDERS, test.body("secret_key", "first")));
                test.isTaken(test.patch(new JsonObject().put("secret_key", test.canary)));
                test.hasArrived();
                test.seen(test.patch(new JsonObject().put("endpoint", "http://127.0.0.1:2")));
                test.seen(test.patch(new JsonObject().put("secret_key", test.canary + "\u0000")));
                test.seen(test.patch(new JsonObject().put("upload_concurrency", test.canary)));
            }
        },
        TESTED_BEFORE_IT_IS_SAVED {
            @Override
            void go(CanaryTest test) {
                test.isTaken(test.post(PROVIDERS + "/test", test.body()));
            }
        },
        TESTED_WHEN_SAVED {
            @Override
            void go(CanaryTest test) {
                test.isTaken(test.create());
                test.isTaken(admin().post(PROVIDERS + "/" + test.name + "/test"));
            }
        },
        LOOKED_AT {
            @Override
            void go(CanaryTest test) {
                test.isTaken(test.create());
                for (int status : List.of(307, 400, 404, 500, 200)) {
                    test.status = status;
                    test.isTaken(admin().get(PROVIDERS + "/" + test.name + "/health?refresh=true"));
                }
            }
        },
        DESCRIBED_BY_THE_FILE {
            @Override
            void go(CanaryTest test) throws IOException {
                Path secret = Files.writeString(test.mounted.resolve(test.name), test.canary);
                test.describe("secret_key: '${file:" + secret + "}'");
                test.fileIs("applied");
                test.hasArrived();
                test.describe("secret_key: '${file:" + secret + "}', prefix: changed");
                test.fileIs("applied");
            }
        },
        NEXT_TO_A_FAULT_OF_THE_FILE {
            @Override
            void go(CanaryTest test) throws IOException {
                String quoted = JsonObject.of("secret_key", test.canary).encode();
                String setting = quoted.substring(1, quoted.length() - 1);
                for (String fault : List.of(
                        setting + ", surprise: 1",
                        setting + ", upload_concurrency: 'x'",
                        setting + ", secret_key: twice",
                        "secret_key: [" + setting.substring("\"secret_key\":".length()) + "]",
                        setting + ", prefix: '${HERMES_NOBODY_SETS_THIS}'",
                        setting + ", prefix: '${'",
                        setting + ", prefix: [")) {
                    test.describe(fault);
                    test.fileIs("refused");
                    test.describe("secret_key: fine");
                    test.fileIs("applied");
                }
            }
        },
        IN_A_MOUNTED_FILE {
            @Override
            void go(CanaryTest test) throws IOException {
                Path secret = Files.writeString(test.mounted.resolve(test.name), test.canary);
                JsonObject body = test.body("secret_key", Map.of("ref", "file:" + test.name));
                test.isTaken(test.post(PROVIDERS, body));
                test.hasArrived();
                test.isTaken(admin().post(PROVIDERS + "/" + test.name + "/test"));
                Files.delete(secret);
                test.seen(service().get("/internal/providers/" + test.name));
                test.isTaken(admin().get(PROVIDERS + "/" + test.name + "/health?refresh=true"));
            }
        },
        /** The stand-in repeats the token that it does not know, as it repeats the secret that it does not give. */
        REFUSED_BY_VAULT {
            @Override
            void go(CanaryTest test) throws IOException {
                JsonObject body = test.body("secret_key", Map.of("ref", "vault:secret/team/docs#secret_key"));
                test.isTaken(test.post(PROVIDERS, body));
                Files.writeString(test.vaultToken, test.canary);
                test.seen(service().get("/internal/providers/" + test.name));
                test.isTaken(admin().get(PROVIDERS + "/" + test.name + "/health?refresh=true"));
                test.seen(test.post(PROVIDERS, body.put("providerName", test.name + "-2")));
            }
        },
        SEALED_ANEW {
            @Override
            void go(CanaryTest test) {
                test.isTaken(test.create());
                test.seen(admin().post("/api/v2/secrets/reseal"));
                RegistryDatabase.run(
                        "UPDATE provider_storage SET provider_uuid = gen_random_uuid() WHERE provider_name = '"
                                + test.name + "'");
                test.seen(service().get("/internal/providers/" + test.name));
                test.seen(admin().post("/api/v2/secrets/reseal"));
            }
        },
        CLAIMED_AND_NOT_FOUND {
            @Override
            void go(CanaryTest test) {
                test.isTaken(test.create());
                String uuid =
                        admin().get(PROVIDERS + "/" + test.name).jsonPath().getString("providerUuid");
                String claim = "/internal/providers/" + uuid + "/claims/" + UUID.randomUUID();
                test.seen(service()
                        .contentType(ContentType.JSON)
                        .body("{\"role\":\"source\",\"jobName\":\"q3\"}")
                        .put(claim));
                test.seen(admin().delete(PROVIDERS + "/" + test.name));
                test.seen(service()
                        .contentType(ContentType.JSON)
                        .body("{\"documents\":\"x\"}")
                        .delete(claim));
                test.seen(service()
                        .contentType(ContentType.JSON)
                        .body("{\"documents\":0,\"bytes\":0}")
                        .delete(claim));
                test.seen(service().get("/internal/providers/nobody"));
                test.isTaken(admin().delete(PROVIDERS + "/" + test.name));
                test.seen(service().get("/internal/providers/" + test.name));
            }
        };

        abstract void go(CanaryTest test) throws IOException;
    }

    @BeforeEach
    void aStoreThatTellsEverything() {
        List<String> spelled = SecretSpelling.all(canary);
        stranger = FaultProxy.alone();
        stranger.on(
                Requests.all(),
                Faults.answer(() -> ProxiedReply.of(status)
                        .with("Content-Type", "application/xml")
                        .with("Server", spelled.getFirst())
                        .with("x-amz-request-id", spelled.getFirst())
                        .with("Location", "http://127.0.0.1:1/" + spelled.getLast())
                        .text("<Error><Code>" + word() + "</Code><Message><![CDATA[" + String.join("\n", spelled)
                                + "]]></Message></Error>")));
    }

    @AfterEach
    void nothingLeft() throws IOException {
        stranger.close();
        Files.deleteIfExists(file);
        Files.deleteIfExists(mounted.resolve(name));
        Files.writeString(vaultToken, SecretPlaces.VAULT_TOKEN);
        RegistryDatabase.run("DELETE FROM provider_storage WHERE provider_name LIKE '" + name
                + "%' OR provider_name = '" + witness + "'");
    }

    /** What is left of the secret where nothing of it has to be written otherwise. */
    private String word() {
        return canary.substring(2, 38);
    }

    private JsonObject body() {
        return new JsonObject()
                .put("providerName", name)
                .put("providerType", "s3")
                .put(
                        "config",
                        new JsonObject()
                                .put("endpoint", stranger.endpoint())
                                .put("region", "us-east-1")
                                .put("bucket", "hermes-test")
                                .put("retry_max_attempts", 1)
                                .put("access_key", "id")
                                .put("secret_key", canary));
    }

    private JsonObject body(String setting, Object value) {
        JsonObject body = body();
        body.getJsonObject("config").put(setting, value);
        return body;
    }

    private Response post(String path, JsonObject body) {
        return admin().contentType(ContentType.JSON).body(body.encode()).post(path);
    }

    private Response create() {
        return post(PROVIDERS, body());
    }

    private Response patch(JsonObject config) {
        return admin().contentType(ContentType.JSON)
                .body(new JsonObject().put("config", config).encode())
                .patch(PROVIDERS + "/" + name);
    }

    private void seen(Response answer) {
        answers.add(answer);
    }

    private void isTaken(Response answer) {
        assertThat(answer.statusCode()).as(answer.asString()).isBetween(200, 299);
        seen(answer);
    }

    /** The way leads where it should: services are given the secret. */
    private void hasArrived() {
        service().get("/internal/providers/" + name).then().body("secrets.secret_key", equalTo(canary));
    }

    private void describe(String setting) throws IOException {
        Path draft = file.resolveSibling(name + ".part");
        Files.writeString(
                draft,
                "providers:\n- {providerName: " + name + ", providerType: s3, config: {endpoint: '"
                        + stranger.endpoint() + "', region: us-east-1, bucket: hermes-test, access_key: id, " + setting
                        + "}}\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void fileIs(String state) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Response answer = admin().get("/api/v2/provider-file");
            seen(answer);
            answer.then().body("state", equalTo(state));
            assertThat(state.equals("refused") || answer.path("changes").equals(List.of()))
                    .as("applied whole: %s", answer.asString())
                    .isTrue();
        });
    }

    private String place(Place place) throws IOException {
        return switch (place) {
            case ANSWER -> texts(answers.stream().filter(answer -> answer.statusCode() < 400));
            case PROBLEM -> texts(answers.stream().filter(answer -> answer.statusCode() >= 400));
            case LOG -> Files.readString(LOG);
            case AUDIT_EVENT -> texts(Stream.of(admin().get("/api/v2/audit-events?limit=1000")));
            case HEALTH_HISTORY ->
                texts(Stream.of(
                        admin().get(PROVIDERS + "/" + witness + "/health/history"),
                        admin().get(PROVIDERS + "/" + name + "/health/history")));
            case METRIC -> texts(Stream.of(RestAssured.get("/q/metrics")));
            case DATABASE -> String.join("\n", RegistryDatabase.dump());
            case OPENAPI -> texts(Stream.of(RestAssured.get("/q/openapi")));
        };
    }

    private static String texts(Stream<Response> answers) {
        return String.join(
                "\n",
                answers.map(answer -> answer.headers() + "\n" + answer.asString())
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void noSecretComesToLight(Way way) throws IOException {
        // Given
        bringWitness();
        way.go(this);
        seen(admin().get(PROVIDERS));
        seen(admin().get(PROVIDERS + "/" + name));
        seen(admin().get("/api/v2/secrets"));
        seen(admin().get(PROVIDERS + "/" + name + "-unknown"));

        // When
        Map<Place, String> found = new EnumMap<>(Place.class);
        for (Place place : Place.values()) {
            found.put(place, place(place));
        }

        // Then
        found.forEach(
                (place, text) -> assertThat(text).as("looked at in " + place).contains(traceIn(place)));
        assertThat(found.entrySet().stream().flatMap(one -> leaks(one.getKey(), one.getValue())))
                .isEmpty();
    }

    /** A provider with the secret that is tried, changed, looked at and refused, so that there is something to look at everywhere. */
    private void bringWitness() {
        isTaken(post(PROVIDERS, body().put("providerName", witness)));
        isTaken(admin().contentType(ContentType.JSON)
                .body("{\"displayName\":\"Witness\"}")
                .patch(PROVIDERS + "/" + witness));
        isTaken(admin().get(PROVIDERS + "/" + witness + "/health?refresh=true"));
        service().get("/internal/providers/" + witness).then().body("secrets.secret_key", equalTo(canary));
    }

    /** What shows that a place was not empty. */
    private String traceIn(Place place) {
        return switch (place) {
            case ANSWER, AUDIT_EVENT, METRIC, DATABASE -> witness;
            case PROBLEM -> "PROVIDER_UNKNOWN";
            case LOG -> "io.her";
            case HEALTH_HISTORY -> "unhealthy";
            case OPENAPI -> "secret";
        };
    }

    private Stream<String> leaks(Place place, String text) {
        return Stream.of(canary, SecretPlaces.IN_VAULT, SecretPlaces.VAULT_TOKEN)
                .flatMap(secret -> Stream.of(SecretSpelling.values())
                        .filter(spelling -> spelling.isIn(text, secret))
                        .map(spelling -> place + " holds a secret, " + spelling));
    }
}
