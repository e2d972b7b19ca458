package io.hermes.registry;

import static io.hermes.registry.RegistryProfile.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Stores that are refused before anybody connects to them, saved or tested (RELIABILITY B34 and B37 to B50). The operator of these tests
 * allows 127.0.0.0/8 besides the Internet.
 */
@QuarkusTest
@TestProfile(RegistryProfile.class)
class RefusedStoresTest {

    private static final String CANARY = "canary-in-the-url";
    private static final List<String> ROUTES = List.of("/api/v2/providers", "/api/v2/providers/test");

    private final String name = "refused-" + UUID.randomUUID();

    private Response post(String route, String type, Map<String, Object> config) {
        JsonObject body = new JsonObject()
                .put("providerName", name)
                .put("providerType", type)
                .put("config", new JsonObject(config));
        return admin().contentType(ContentType.JSON).body(body.encode()).post(route);
    }

    private void isRefused(String setting, String value) {
        JsonObject config = new JsonObject()
                .put("region", "eu-central-1")
                .put("bucket", "documents")
                .put("access_key", "a")
                .put("secret_key", "b")
                .put(setting, value);
        for (String route : ROUTES) {
            post(route, "s3", config.getMap())
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("VALIDATION_FAILED"))
                    .body("violations.field", hasItem("config." + setting));
        }
        admin().get("/api/v2/providers/" + name).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/",
                "http://[fd00:ec2::254]",
                "http://0",
                "http://2130706433",
                "http://0x7f.1",
                "http://0x7f000001",
                "http://127.1",
                "http://017700000001",
                "http://10.0.0.1",
                "https://192.168.1.1:9000",
                "http://[::1]:5432",
                "http://[::ffff:10.0.0.1]",
                "http://[::ffff:169.254.169.254]",
                "http://[64:ff9b::a9fe:a9fe]"
            })
    void anAddressThatIsNotAllowed(String endpoint) {
        isRefused("endpoint", endpoint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://s3.example.com",
                "gopher://s3.example.com",
                "jar:file:/x.jar!/",
                "javascript:alert(1)",
                "https://s3.example.com/path",
                "https://s3.example.com?a=b",
                "https://s3.example.com#a",
                "https://s3.exa mple.com",
                "https://s3.example.com\r\nHost: other",
                "https://"
            })
    void whatIsNoBaseUrl(String endpoint) {
        isRefused("endpoint", endpoint);
    }

    @Test
    void aPasswordInTheUrlIsRefusedAndNotRepeated() {
        for (String route : ROUTES) {
            String answer = post(
                            route,
                            "s3",
                            Map.of(
                                    "region", "eu-central-1",
                                    "bucket", "documents",
                                    "endpoint", "https://key:" + CANARY + "@s3.example.com"))
                    .then()
                    .statusCode(400)
                    .extract()
                    .asString();
            assertThat(answer).contains("config.endpoint").doesNotContain(CANARY);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bucket, ../x",
        "bucket, A_B",
        "bucket, a",
        "bucket, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "bucket, 192.168.0.1",
        "bucket, docs*",
        "bucket, ${aws:username}",
        "prefix, //",
        "prefix, ..",
        "prefix, a/../b",
        "prefix, .hermes-probe",
        "path_template, {nothing}.md",
        "path_template, ../{uuid}.md",
        "surprise, yes"
    })
    void aSettingThatCannotBe(String setting, String value) {
        isRefused(setting, value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/etc", "/proc/self", "/sys", "relative", "/tmp/../etc", ""})
    void aFolderThatIsNotTheirs(String path) {
        for (String route : ROUTES) {
            post(route, "local", Map.of("base_path", path))
                    .then()
                    .statusCode(400)
                    .body("violations.field", hasItem("config.base_path"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.lang.Runtime", "S3", "../s3", " s3"})
    void aTypeThatIsNone(String type) {
        for (String route : ROUTES) {
            post(route, type, Map.of()).then().statusCode(400).body("violations.field", hasItem("providerType"));
        }
    }
}
