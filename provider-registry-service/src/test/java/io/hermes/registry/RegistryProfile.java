package io.hermes.registry;

import io.hermes.edge.testing.KafkaBroker;
import io.hermes.edge.testing.PostgresServer;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One registry on one real PostgreSQL and one real broker for nearly all tests of this module. */
public final class RegistryProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.ofEntries(
                Map.entry("HERMES_VIEWER_TOKEN", token("viewer")),
                Map.entry("HERMES_OPERATOR_TOKEN", token("operator")),
                Map.entry("HERMES_ADMIN_TOKEN", token("admin")),
                Map.entry("HERMES_SERVICE_TOKEN", token("service")),
                Map.entry("hermes.security.users.ada.token", token("ada")),
                Map.entry("hermes.security.users.ada.role", "admin"),
                Map.entry("quarkus.http.test-port", "0"),
                Map.entry("hermes.secrets.recheck", "1s"),
                // Tests that are about a schedule turn it by hand; a slow machine must not make a look come twice or
                // too late.
                Map.entry("hermes.health.tick", "1000h"),
                Map.entry("hermes.provider-events.tick", "1000h"),
                Map.entry("hermes.provider-events.gauge-interval", "1000h"),
                Map.entry("hermes.health.interval", "1h"),
                Map.entry("hermes.health.timeout", "60s"),
                Map.entry("hermes.health.slow", "60s"),
                Map.entry("hermes.statistics.tick", "1000h"),
                Map.entry("hermes.statistics.scan-every", "1h"),
                Map.entry("hermes.statistics.page-timeout", "5m"),
                Map.entry("hermes.budgets.validity", "1h"),
                Map.entry("hermes.budgets.purge-interval", "1000h"),
                Map.entry("hermes.provider-test.step-timeout", "2m"),
                Map.entry("hermes.provider-test.store-timeout", "10m"),
                Map.entry("hermes.providers.recheck", "1s"),
                Map.entry("hermes.providers.file", file()),
                Map.entry("quarkus.log.category.\"io.hermes\".level", "DEBUG"),
                Map.entry("quarkus.log.file.enabled", "true"),
                Map.entry("quarkus.log.file.path", "target/registry-test.log"));
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(
                new TestResourceEntry(PostgresServer.class, Map.of("database", "hermes_registry")),
                new TestResourceEntry(KafkaBroker.class),
                new TestResourceEntry(S3Bucket.class),
                new TestResourceEntry(SecretPlaces.class));
    }

    /** Where tests write a file of providers; there is none unless they do. */
    private static String file() {
        return Path.of("target", "providers-of-" + ProcessHandle.current().pid() + ".yaml")
                .toAbsolutePath()
                .toString();
    }

    static String token(String role) {
        return role + "-token-of-the-registry-test";
    }

    /** A request with the administrator's token. */
    public static RequestSpecification admin() {
        return as("admin");
    }

    /** A request with the operator's token. */
    public static RequestSpecification operator() {
        return as("operator");
    }

    /** A request with the token of a role, or of the administrator ada. */
    static RequestSpecification as(String who) {
        return RestAssured.given().header("Authorization", "Bearer " + token(who));
    }

    /** A request with the services' token. */
    public static RequestSpecification service() {
        return as("service");
    }
}
