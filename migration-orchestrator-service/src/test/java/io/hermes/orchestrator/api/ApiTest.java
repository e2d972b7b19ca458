package io.hermes.orchestrator.api;

import static io.restassured.RestAssured.given;

import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.edge.testing.KafkaBroker;
import io.hermes.edge.testing.PostgresServer;
import io.hermes.edge.testing.RegistryStandIn;
import io.quarkus.test.common.QuarkusTestResource;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;

/** The service on a real database and broker, with a registry that knows the providers named here. */
@QuarkusTestResource(PostgresServer.class)
@QuarkusTestResource(KafkaBroker.class)
@QuarkusTestResource(RegistryStandIn.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(QuickEvents.class)
abstract class ApiTest {

    static final String JOBS = "/api/v2/migrations/jobs";

    static final ResolvedProvider SOURCE =
            local(1, "local-primary", ProviderStatus.ACTIVE, true, "/srv/nowhere/primary");
    static final ResolvedProvider DESTINATION = s3(2, "s3-archive", "http://s3.test:9000", "archive", "production");

    @Inject
    DataSource database;

    @BeforeEach
    void knownProviders() {
        RegistryStandIn.down(false);
        RegistryStandIn.put(SOURCE);
        RegistryStandIn.put(DESTINATION);
    }

    static RequestSpecification admin() {
        return given().auth().oauth2(TestTokens.ADMIN).contentType(ContentType.JSON);
    }

    static ResolvedProvider local(long id, String name, ProviderStatus status, boolean writable, String basePath) {
        return provider(id, name, "local", status, writable, Map.of("base_path", basePath));
    }

    static ResolvedProvider s3(long id, String name, String endpoint, String bucket, String prefix) {
        return provider(
                id,
                name,
                "s3",
                ProviderStatus.ACTIVE,
                true,
                Map.of("endpoint", endpoint, "bucket", bucket, "prefix", prefix));
    }

    private static ResolvedProvider provider(
            long id, String name, String type, ProviderStatus status, boolean writable, Map<String, String> config) {
        UUID uuid = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return new ResolvedProvider(id, uuid, name, type, 1, status, writable, config, Map.of(), null, false);
    }

    /** A pending job, made through the API. */
    static long createJob(String name) {
        return admin().body(body(name))
                .post(JOBS)
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getLong("id");
    }

    static String body(String name) {
        return """
                {"jobName": "%s", "sourceProvider": "local-primary", "destProvider": "s3-archive"}""".formatted(name);
    }

    /** Asks for the whole ledger of a job, for a client that takes it as it comes. */
    static HttpRequest ledger(long job, String mediaType) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + JOBS + "/" + job + "/items"))
                .header("Authorization", "Bearer " + TestTokens.ADMIN)
                .header("Accept", mediaType)
                .build();
    }

    /** Runs one statement. */
    int sql(String statement, Object... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            for (int i = 0; i < parameters.length; i++) {
                prepared.setObject(i + 1, parameters[i]);
            }
            return prepared.executeUpdate();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The first column of the first row. */
    long number(String query, Object... parameters) {
        try (Connection connection = database.getConnection();
                PreparedStatement prepared = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                prepared.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = prepared.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
