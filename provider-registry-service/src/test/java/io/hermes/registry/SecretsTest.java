package io.hermes.registry;

import static io.hermes.registry.RegistryProfile.admin;
import static io.hermes.registry.RegistryProfile.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Providers with credentials, on a real S3 server. */
@QuarkusTest
@TestProfile(RegistryProfile.class)
class SecretsTest extends OnBucket {

    private static final String CANARY = "canary-5f1d0c2e-do-not-print";

    private final String name = "s3-" + UUID.randomUUID();

    private String body(String bucketName, String secret) {
        return """
                {"providerName":"%s","providerType":"s3","config":{"endpoint":"%s","region":"%s","bucket":"%s","prefix":"%s",
                 "access_key":"%s","secret_key":"%s"}}""".formatted(name, endpoint, region, bucketName, name, accessKey, secret);
    }

    private static Response post(String body) {
        return admin().contentType(ContentType.JSON).body(body).post(PROVIDERS);
    }

    private Response patch(String config) {
        return admin().contentType(ContentType.JSON)
                .body("{\"config\":" + config + "}")
                .patch(PROVIDERS + "/" + name);
    }

    private void storedSecretIs(String expected) {
        service().get("/internal/providers/" + name).then().body("secrets.secret_key", equalTo(expected));
    }

    @Test
    void aSecretIsShownAsSetAndGivenToServicesOnly() {
        post(body(bucket, secretKey))
                .then()
                .statusCode(201)
                .body("healthStatus", equalTo("healthy"))
                .body("config.secret_key.$secret", equalTo("set"))
                .body("config.access_key.$secret", equalTo("set"))
                .body("config.bucket", equalTo(bucket));
        service()
                .get("/internal/providers/" + name)
                .then()
                .body("secrets.secret_key", equalTo(secretKey))
                .body("config.secret_key", nullValue());
        admin().get(PROVIDERS + "/" + name + "/health?refresh=true")
                .then()
                .statusCode(200)
                .body("healthStatus", equalTo("healthy"));
    }

    @Test
    void whatWasReadCanBeEditedAndSentBack() {
        post(body(bucket, secretKey)).then().statusCode(201);
        patch("{\"secret_key\":{\"$secret\":\"set\"},\"prefix\":\"" + name + "/sub\"}")
                .then()
                .statusCode(200)
                .body("config.prefix", equalTo(name + "/sub"));
        storedSecretIs(secretKey);
        patch("{\"access_key\":\"other\",\"secret_key\":\"other\"}")
                .then()
                .statusCode(200)
                .body("healthStatus", equalTo("unhealthy"))
                .body("version", equalTo(3));
        storedSecretIs("other");
        patch("{\"access_key\":null,\"secret_key\":null}")
                .then()
                .statusCode(200)
                .body("config.secret_key", nullValue());
        service().get("/internal/providers/" + name).then().body("secrets.size()", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"****\"",
                "\"\"",
                "\" \"",
                "5",
                "true",
                "[]",
                "{}",
                "{\"a\":1}",
                "\"line\\nend\"",
                "\"nul\\u0000\"",
                "\"•••\""
            })
    void whatCannotBeASecretIsRefused(String value) {
        post(body(bucket, secretKey)).then().statusCode(201);
        patch("{\"secret_key\":" + value + "}")
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("config.secret_key"));
        storedSecretIs(secretKey);
    }

    @Test
    void aMaskIsNoSecretForANewProvider() {
        post(body(bucket, "x").replace("\"x\"", "{\"$secret\":\"set\"}"))
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("config.secret_key"));
    }

    @Test
    void anotherEndpointDoesNotGetTheOldSecret() {
        post(body(bucket, secretKey)).then().statusCode(201);
        String elsewhere = "\"endpoint\":\"" + endpoint.replace("127.0.0.1", "localhost") + "\"";
        patch("{" + elsewhere + "}")
                .then()
                .statusCode(400)
                .body("violations.field", hasItems("config.secret_key", "config.access_key"));
        patch("{" + elsewhere + ",\"secret_key\":{\"$secret\":\"set\"}}").then().statusCode(400);
        service().get("/internal/providers/" + name).then().body("config.endpoint", equalTo(endpoint));
        patch("{" + elsewhere + ",\"access_key\":\"" + accessKey + "\",\"secret_key\":\"" + secretKey + "\"}")
                .then()
                .statusCode(200);
    }

    @Test
    void aStoreThatCannotBeReachedIsAWarning() {
        post(body(bucket, secretKey).replace(endpoint, "http://127.0.0.1:1"))
                .then()
                .statusCode(201)
                .body("healthStatus", equalTo("unhealthy"))
                .body("warnings[0]", notNullValue())
                .body("capabilities.conditionalPut", nullValue());
        admin().get(PROVIDERS + "/" + name + "/health?refresh=true")
                .then()
                .statusCode(200)
                .body("healthStatus", equalTo("unhealthy"))
                .body("checks[0].status", equalTo("failed"));
    }

    @Test
    void aMissingBucketAndWrongCredentialsAreSaid() {
        post(body("no-such-bucket-here", secretKey)).then().statusCode(201).body("healthStatus", equalTo("unhealthy"));
        admin().delete(PROVIDERS + "/" + name).then().statusCode(200);
        post(body(bucket, "wrong")).then().statusCode(201).body("healthStatus", equalTo("unhealthy"));
    }

    @Test
    void settingsThatMakeNoSenseAreAllNamed() {
        post("{\"providerName\":\"" + name + "\",\"providerType\":\"s3\",\"config\":{\"nonsense\":1}}")
                .then()
                .statusCode(400)
                .body("code", equalTo("VALIDATION_FAILED"))
                .body("violations.field", hasItems("config.bucket", "config.region", "config.nonsense"));
    }

    /** Everything that a secret could slip into, grepped. */
    @Test
    void noAnswerAndNoLogLineHoldsASecret() throws IOException {
        List<String> answers = new ArrayList<>();
        answers.add(post(body(bucket, CANARY)).asString());
        answers.add(post(body(bucket, CANARY)).asString());
        answers.add(post(body("BAD BUCKET", CANARY)).asString());
        answers.add(post(body(bucket, CANARY).replace("\"prefix\"", "\"" + CANARY + "\""))
                .asString());
        answers.add(post(body(bucket, CANARY)
                        .replace("\"secret_key\":\"" + CANARY + "\"", "\"secret_key\":[\"" + CANARY + "\"]"))
                .asString());
        answers.add(post("{\"providerName\":[\"" + CANARY + "\"]}").asString());
        answers.add(post("{\"status\":\"" + CANARY + "\"}").asString());
        answers.add(post("{\"isPrimary\":\"" + CANARY + "\"}").asString());
        answers.add(post("{\"providerName\":" + CANARY).asString());
        answers.add(patch("{\"secret_key\":\"" + CANARY + "\\n\"}").asString());
        answers.add(patch("{\"secret_key\":\"" + CANARY + "2\"}").asString());
        answers.add(admin().get(PROVIDERS).asString());
        answers.add(admin().get(PROVIDERS + "/" + name).asString());
        answers.add(admin().get(PROVIDERS + "/" + name + "/health?refresh=true").asString());
        answers.add(admin().delete(PROVIDERS + "/" + name).asString());

        assertThat(answers.get(0)).contains("\"$secret\":\"set\"");
        assertThat(answers.stream()
                        .filter(answer -> !answer.contains("config." + CANARY))
                        .toList())
                .noneMatch(answer -> answer.contains(CANARY));
        String log = Files.readString(Path.of("target", "registry-test.log"));
        assertThat(log)
                .contains("provider")
                .doesNotContain(CANARY + "\"")
                .doesNotContain("[\"" + CANARY)
                .doesNotContain(CANARY + "2");
    }
}
