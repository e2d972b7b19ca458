package io.hermes.registry;

import static io.hermes.registry.RegistryProfile.admin;
import static io.hermes.registry.RegistryProfile.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a type publishes about its settings is what it holds them to. */
@QuarkusTest
@TestProfile(RegistryProfile.class)
class ProviderTypesTest {

    private static final String TYPES = "/api/v2/provider-types";
    private static final String CANARY = "canary-of-the-settings";

    private static Response post(String type, String config) {
        return admin().contentType(ContentType.JSON)
                .body("{\"providerName\":\"typed-" + UUID.randomUUID() + "\",\"providerType\":\"" + type
                        + "\",\"config\":" + config + "}")
                .post("/api/v2/providers");
    }

    /** {@code pointer message} of every violation. */
    private static List<String> faults(Response refused) throws JsonProcessingException {
        refused.then().statusCode(400).body("code", equalTo("VALIDATION_FAILED"));
        List<String> faults = new ArrayList<>();
        for (JsonNode violation :
                new ObjectMapper().readTree(refused.asString()).path("violations")) {
            faults.add(violation.path("pointer").asText() + " "
                    + violation.path("message").asText());
        }
        return faults;
    }

    @Test
    void everyTypeIsListedWithItsSchema() {
        as("viewer")
                .get(TYPES)
                .then()
                .statusCode(200)
                .body("count", equalTo(3))
                .body("providerTypes.providerType", equalTo(List.of("local", "memory", "s3")))
                .body("providerTypes.find { it.providerType == 's3' }.title", equalTo("S3"))
                .body("providerTypes.find { it.providerType == 's3' }.schema.required", hasItems("region", "bucket"));
        admin().get(TYPES + "/s3")
                .then()
                .statusCode(200)
                .body("schema.properties.part_size_mb.default", equalTo(8))
                .body("schema.properties.part_size_mb.maximum", equalTo(64))
                .body("schema.properties.secret_key.'x-secret'", equalTo(true))
                .body("uiHints.secret", equalTo(List.of("access_key", "secret_key")))
                .body("uiHints.groups[0].title", equalTo("Where"))
                .body("uiHints.groups[0].settings", hasItems("endpoint", "region", "bucket", "prefix"))
                .body("uiHints.groups.settings.flatten()", not(hasItems("dynamodb_table")));
        admin().get(TYPES + "/azure")
                .then()
                .statusCode(404)
                .body("code", equalTo("PROVIDER_TYPE_UNKNOWN"))
                .body("detail", containsString("local, memory, s3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "memory", "s3"})
    void aSchemaIsOneByItsOwnDialect(String type) throws JsonProcessingException {
        String schema = new ObjectMapper()
                .readTree(admin().get(TYPES + "/" + type).asString())
                .path("schema")
                .toString();

        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"))
                        .validate(schema, InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void everyFaultIsToldOnceAllAtOnceAndAtItsPlace() throws JsonProcessingException {
        Response refused = post("s3", """
                {"endpoint": "ftp://s3.example.org", "bucket": "Upper", "part_size_mb": "8", "upload_concurrency": 33,
                 "path_style": "yes", "checksums": "never", "bukcet": {"a": 1}, "prefix": 5, "path_template": "fixed.md",
                 "dynamodb_table": "t", "access_key": "id", "role_session_name": "hermes", "a/b~c": 1}""");

        assertThat(faults(refused))
                .containsExactlyInAnyOrder(
                        "/config/endpoint begins with http:// or https://",
                        "/config/region is required",
                        "/config/bucket has 3 to 63 lower-case letters, digits, dots and hyphens, and is no address",
                        "/config/part_size_mb must be a whole number from 5 to 64",
                        "/config/upload_concurrency must be a whole number from 1 to 32",
                        "/config/path_style must be true or false",
                        "/config/checksums must be one of when_supported, when_required",
                        "/config/bukcet is no setting of a provider of type s3; GET /api/v2/provider-types/s3 shows all",
                        "/config/a~1b~0c is no setting of a provider of type s3; GET /api/v2/provider-types/s3 shows all",
                        "/config/prefix must be a string",
                        "/config/path_template path_template 'fixed.md': use at least one of {uuid}, {path} and {name}, or all documents get one key",
                        "/config/dynamodb_table is not available yet; metadata is kept with the object",
                        "/config/secret_key is missing: give both keys or neither",
                        "/config/role_session_name has no effect without role_arn");
    }

    @Test
    void whatIsWrongBesideTheSettingsIsToldWithThem() throws JsonProcessingException {
        Response refused = admin().contentType(ContentType.JSON)
                .body(
                        "{\"providerName\":\"a b\",\"displayName\":\"a\\u0007b\",\"providerType\":\"local\",\"config\":{}}")
                .post("/api/v2/providers");

        assertThat(faults(refused))
                .extracting(fault -> fault.substring(0, fault.indexOf(' ')))
                .containsExactlyInAnyOrder("/providerName", "/displayName", "/config/base_path");
    }

    @Test
    void aPatchIsHeldToTheSameSchema() throws JsonProcessingException {
        Response created = post("memory", "{}");
        created.then().statusCode(201);

        Response refused = admin().contentType(ContentType.JSON)
                .body("{\"config\":{\"revisions\":\"true\",\"nonsense\":1}}")
                .patch("/api/v2/providers/" + created.jsonPath().getString("providerUuid"));

        assertThat(faults(refused))
                .containsExactlyInAnyOrder(
                        "/config/revisions must be true or false",
                        "/config/nonsense is no setting of a provider of type memory; GET /api/v2/provider-types/memory shows all");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"secret_key\":\"%s\"}",
                "{\"secret_key\":\"%s\\u0000\"}",
                "{\"secret_key\":[\"%s\"]}",
                "{\"secret_key\":{\"ref\":\"%s\"}}",
                "{\"secret_key\":{\"value\":\"%s\"}}",
                "{\"dynamodb_secret_key\":\"%s\"}",
                "{\"secretkey\":\"%s\"}",
                "{\"bucket\":\"%s!\"}",
                "{\"endpoint\":\"https://user:%s@s3.example.org\"}",
                "{\"checksums\":\"%s\"}",
                "{\"part_size_mb\":\"%s\"}"
            })
    void noErrorRepeatsAValue(String config) {
        post("s3", config.formatted(CANARY)).then().statusCode(400).body(not(containsString(CANARY)));
    }
}
