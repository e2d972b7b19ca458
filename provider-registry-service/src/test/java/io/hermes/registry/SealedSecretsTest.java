package io.hermes.registry;

import static io.hermes.registry.RegistryProfile.admin;
import static io.hermes.registry.RegistryProfile.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How secrets are kept: sealed in the database, or elsewhere. */
@QuarkusTest
@TestProfile(RegistryProfile.class)
class SealedSecretsTest {

    private static final String PROVIDERS = "/api/v2/providers";
    private static final String SECRETS = "/api/v2/secrets";
    private static final String CANARY = "canary/seal+ed \"quoted\" 93ab";

    @ConfigProperty(name = "HERMES_SECRETS_KEY_FILE")
    Path keyFile;

    @ConfigProperty(name = "HERMES_SECRETS_DIRECTORY")
    Path mounted;

    @ConfigProperty(name = "HERMES_VAULT_TOKEN_FILE")
    Path vaultToken;

    @ConfigProperty(name = "HERMES_DATABASE_PORT")
    int databasePort;

    private final String name = "sealed-" + UUID.randomUUID();

    @BeforeEach
    void oneKey() throws IOException {
        keysAre(SecretPlaces.key(1));
    }

    @AfterEach
    void nothingLeft() throws IOException {
        keysAre(SecretPlaces.key(1), SecretPlaces.key(2));
        Files.writeString(vaultToken, SecretPlaces.VAULT_TOKEN);
        admin().delete(PROVIDERS + "/" + name);
    }

    private void keysAre(String... lines) throws IOException {
        Files.writeString(keyFile, String.join("\n", lines) + "\n");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> admin().get(SECRETS)
                        .then()
                        .body("keys.findAll { it.live }.size()", equalTo(lines.length))
                        .body("presentKey", lines.length == 0 ? nullValue() : equalTo(fingerprint(lines[0]))));
    }

    private static String fingerprint(String line) {
        try {
            byte[] hash = java.security.MessageDigest.getInstance("SHA-256")
                    .digest(Base64.getDecoder().decode(line));
            return java.util.HexFormat.of().formatHex(hash, 0, 6);
        } catch (java.security.GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Response create(String accessKey, String secretKey) {
        return admin().contentType(ContentType.JSON)
                .body("""
                        {"providerName":"%s","providerType":"s3","config":{"endpoint":"http://127.0.0.1:1","region":"us-east-1",
                         "bucket":"hermes-test","access_key":%s,"secret_key":%s}}""".formatted(name, accessKey, secretKey))
                .post(PROVIDERS);
    }

    private static String json(String text) {
        return "\"" + text.replace("\"", "\\\"") + "\"";
    }

    private void resolvesTo(String secret) {
        service().get("/internal/providers/" + name).then().statusCode(200).body("secrets.secret_key", equalTo(secret));
    }

    private String rowAsText() throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://localhost:" + databasePort + "/hermes_registry", "postgres", "postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT p::text FROM provider_storage p WHERE provider_name = '" + name + "'")) {
            row.next();
            return row.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://localhost:" + databasePort + "/hermes_registry", "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void theDatabaseHoldsNoSecretInAnyWriting() throws Exception {
        create(json("access-canary-41"), json(CANARY)).then().statusCode(201);

        String stored = rowAsText();

        assertThat(stored)
                .contains("sealed:1:")
                .doesNotContain("access-canary-41")
                .doesNotContain(CANARY)
                .doesNotContain(json(CANARY))
                .doesNotContain(CANARY.replace("\"", "\\\\\""))
                .doesNotContain(URLEncoder.encode(CANARY, StandardCharsets.UTF_8))
                .doesNotContain(Base64.getEncoder().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8)))
                .doesNotContain(Base64.getUrlEncoder().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8)));
        resolvesTo(CANARY);
        service()
                .header("If-None-Match", "\"1\"")
                .get("/internal/providers/" + name)
                .then()
                .statusCode(304);
    }

    @Test
    void aSealedValueOpensInNoOtherRow() throws Exception {
        create(json("access"), json(CANARY)).then().statusCode(201);

        execute("UPDATE provider_storage SET provider_uuid = gen_random_uuid() WHERE provider_name = '" + name + "'");

        service()
                .get("/internal/providers/" + name)
                .then()
                .statusCode(503)
                .body("code", equalTo("SECRET_UNAVAILABLE"))
                .body("detail", containsString("has been altered"));
    }

    @Test
    void bothKeysAreLiveUntilTheOldOneIsTakenOut() throws Exception {
        create(json("access"), json(CANARY)).then().statusCode(201);
        keysAre(SecretPlaces.key(2), SecretPlaces.key(1));
        resolvesTo(CANARY);

        admin().post(SECRETS + "/reseal")
                .then()
                .statusCode(200)
                .body("presentKey", equalTo(fingerprint(SecretPlaces.key(2))))
                .body("keys.find { it.key == '" + fingerprint(SecretPlaces.key(1)) + "' }.secrets", equalTo(0))
                .body("inClear", equalTo(0));

        keysAre(SecretPlaces.key(2));
        resolvesTo(CANARY);
        admin().get(PROVIDERS + "/" + name).then().body("version", equalTo(1));
    }

    @Test
    void withoutItsKeyASecretStaysShutAndComesBackWithIt() throws Exception {
        create(json("access"), json(CANARY)).then().statusCode(201);
        keysAre(SecretPlaces.key(2));

        service()
                .get("/internal/providers/" + name)
                .then()
                .statusCode(503)
                .body("code", equalTo("SECRET_UNAVAILABLE"))
                .body("detail", containsString(fingerprint(SecretPlaces.key(1))))
                .header("Retry-After", equalTo("10"));
        admin().get(PROVIDERS + "/" + name + "/health?refresh=true")
                .then()
                .statusCode(200)
                .body("healthStatus", equalTo("unhealthy"))
                .body("checks[0].hint", containsString("not in the key file"));
        admin().post(SECRETS + "/reseal").then().statusCode(200).body("keys.find { !it.live }.secrets", equalTo(2));

        keysAre(SecretPlaces.key(2), SecretPlaces.key(1));
        resolvesTo(CANARY);
    }

    @Test
    void withoutAKeyNoSecretIsTaken() throws Exception {
        keysAre();

        create(json("access"), json(CANARY))
                .then()
                .statusCode(503)
                .body("code", equalTo("SECRETS_KEY_MISSING"))
                .body("detail", not(containsString("canary")));

        admin().get(PROVIDERS + "/" + name).then().statusCode(404);
        admin().post(SECRETS + "/reseal").then().statusCode(503).body("code", equalTo("SECRETS_KEY_MISSING"));
    }

    @Test
    void aFileThatIsNoKeyFileLeavesTheKeysAsTheyAre() throws Exception {
        create(json("access"), json(CANARY)).then().statusCode(201);
        Files.writeString(keyFile, "not a key\n");

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(Files.readString(Path.of("target", "registry-test.log")))
                        .contains("line 1 is not a key"));

        resolvesTo(CANARY);
    }

    @Test
    void aSecretFromBeforeThereWasAKeyIsSealedAfterwards() throws Exception {
        create(json("access"), json(CANARY)).then().statusCode(201);
        execute(
                "UPDATE provider_storage SET secrets = jsonb_set(secrets, '{secret_key}', '\"in-clear-55\"') WHERE provider_name = '"
                        + name + "'");
        resolvesTo("in-clear-55");
        admin().get(SECRETS).then().body("inClear", equalTo(1));

        admin().post(SECRETS + "/reseal").then().statusCode(200).body("inClear", equalTo(0));

        assertThat(rowAsText()).doesNotContain("in-clear-55");
        resolvesTo("in-clear-55");
    }

    @Test
    void aReferenceIsShownAndItsSecretIsNot() throws Exception {
        Files.writeString(mounted.resolve(name), CANARY + "\n");

        create(json("access"), "{\"ref\":\"file:" + name + "\"}")
                .then()
                .statusCode(201)
                .body("config.secret_key.$secret", equalTo("set"))
                .body("config.secret_key.ref", equalTo("file:" + name))
                .body("config.access_key.ref", nullValue());

        resolvesTo(CANARY);
        assertThat(rowAsText()).doesNotContain("canary");
        Files.writeString(mounted.resolve(name), "rotated");
        service()
                .header("If-None-Match", "\"1\"")
                .get("/internal/providers/" + name)
                .then()
                .statusCode(200)
                .body("secrets.secret_key", equalTo("rotated"));
    }

    @Test
    void vaultIsAskedWithTheTokenOfItsFile() throws Exception {
        create("{\"ref\":\"vault:secret/team/docs#access_key\"}", "{\"ref\":\"vault:secret/team/docs#secret_key\"}")
                .then()
                .statusCode(201);
        resolvesTo(SecretPlaces.IN_VAULT);

        Files.writeString(vaultToken, "expired");

        service()
                .get("/internal/providers/" + name)
                .then()
                .statusCode(503)
                .body("detail", containsString("Vault answered 403"))
                .body("detail", not(containsString("permission denied")));
    }

    @ParameterizedTest
    @CsvSource({
        "vault:secret/team/docs#nothing, has no field 'nothing'",
        "vault:secret/team/other#x, Vault answered 404",
        "file:missing, cannot be read",
        "env:HERMES_SECRET_UNSET, is not set"
    })
    void whatAReferenceDoesNotFindIsSaid(String reference, String said) {
        create(json("access"), "{\"ref\":\"" + reference + "\"}")
                .then()
                .statusCode(503)
                .body("code", equalTo("SECRET_UNAVAILABLE"))
                .body("field", equalTo("config.secret_key"))
                .body("detail", containsString(said));
    }

    @ParameterizedTest
    @CsvSource({
        "env:HERMES_SERVICE_TOKEN, may name only variables that begin with HERMES_SECRET_",
        "env:PATH, may name only variables that begin with HERMES_SECRET_",
        "file:../keys, must be env:NAME",
        "file:/etc/passwd, must be env:NAME",
        "vault:secret/../sys#x, must be env:NAME",
        "http://example.org, must be env:NAME"
    })
    void aReferenceThatLeadsElsewhereIsRefused(String reference, String said) {
        create(json("access"), "{\"ref\":\"" + reference + "\"}")
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("config.secret_key"))
                .body("violations.message", hasItem(containsString(said)));
    }

    @Test
    void aLinkOutOfTheFolderIsNotFollowed() throws Exception {
        Files.createSymbolicLink(mounted.resolve(name), keyFile);

        create(json("access"), "{\"ref\":\"file:" + name + "\"}")
                .then()
                .statusCode(503)
                .body("detail", containsString("is not a file of the folder of secrets"));
    }

    @Test
    void anotherEndpointDoesNotGetTheOldReference() throws Exception {
        Files.writeString(mounted.resolve(name), CANARY);
        String reference = "{\"ref\":\"file:" + name + "\"}";
        create(reference, reference).then().statusCode(201);
        String elsewhere = "{\"config\":{\"endpoint\":\"http://127.0.0.1:2\"%s}}";

        admin().contentType(ContentType.JSON)
                .body(elsewhere.formatted(""))
                .patch(PROVIDERS + "/" + name)
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("config.secret_key"));
        admin().contentType(ContentType.JSON)
                .body(elsewhere.formatted(",\"access_key\":" + reference + ",\"secret_key\":" + reference))
                .patch(PROVIDERS + "/" + name)
                .then()
                .statusCode(200);
    }
}
