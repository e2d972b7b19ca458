package io.hermes.registry;

import io.hermes.edge.testing.PostgresServer;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;

/** One registry on one real PostgreSQL for all tests of this module. */
public final class RegistryProfile implements QuarkusTestProfile {

    private static final String ADMIN_TOKEN = "admin-token-of-the-registry-test";
    private static final String SERVICE_TOKEN = "service-token-of-the-registry-test";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "HERMES_ADMIN_TOKEN", ADMIN_TOKEN,
                "HERMES_SERVICE_TOKEN", SERVICE_TOKEN,
                "quarkus.http.test-port", "0",
                "hermes.secrets.recheck", "1s",
                "quarkus.log.category.\"io.hermes\".level", "DEBUG",
                "quarkus.log.file.enabled", "true",
                "quarkus.log.file.path", "target/registry-test.log");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(
                new TestResourceEntry(PostgresServer.class, Map.of("database", "hermes_registry")),
                new TestResourceEntry(S3Bucket.class),
                new TestResourceEntry(SecretPlaces.class));
    }

    /** A request with the administrator's token. */
    public static RequestSpecification admin() {
        return RestAssured.given().header("Authorization", "Bearer " + ADMIN_TOKEN);
    }

    /** A request with the services' token. */
    public static RequestSpecification service() {
        return RestAssured.given().header("Authorization", "Bearer " + SERVICE_TOKEN);
    }
}
