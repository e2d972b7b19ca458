package io.hermes.orchestrator.api;

import static io.restassured.RestAssured.given;

import io.hermes.edge.testing.ApiContract;
import io.hermes.edge.testing.KafkaBroker;
import io.hermes.edge.testing.PostgresServer;
import io.hermes.edge.testing.RegistryStandIn;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresServer.class)
@QuarkusTestResource(KafkaBroker.class)
@QuarkusTestResource(RegistryStandIn.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(QuickEvents.class)
class OpenApiTest extends ApiContract {

    @Override
    protected String token(String role) {
        return TestTokens.of(role);
    }

    @BeforeEach
    void knownProviders() {
        RegistryStandIn.down(false);
        RegistryStandIn.put(ApiTest.SOURCE);
        RegistryStandIn.put(ApiTest.DESTINATION);
    }

    private static RequestSpecification operator() {
        return given().auth().oauth2(TestTokens.of("operator")).contentType(ContentType.JSON);
    }

    @Test
    void theExampleOfAJobMakesAJobAndEveryAnswerIsAsDocumented() throws IOException {
        Response created = operator().body(example()).post(ApiTest.JOBS);

        created.then().statusCode(201);
        assertAnswers(created, "POST " + ApiTest.JOBS);
        String job = ApiTest.JOBS + "/" + created.jsonPath().getLong("id");
        for (String part : List.of("", "/progress", "/timeline", "/items", "/errors")) {
            assertAnswers(operator().get(job + part), "GET " + ApiTest.JOBS + "/{id}" + part);
        }
        assertAnswers(operator().get(ApiTest.JOBS), "GET " + ApiTest.JOBS);
        assertAnswers(operator().get("/api/v2/migrations/workers"), "GET /api/v2/migrations/workers");
        assertAnswers(operator().post(job + "/cancel"), "POST " + ApiTest.JOBS + "/{id}/cancel");
        assertAnswers(operator().get(job), "GET " + ApiTest.JOBS + "/{id}");
    }

    private static String example() throws IOException {
        try (InputStream example = OpenApiTest.class.getResourceAsStream("/openapi/CreateJob.json")) {
            return new String(example.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
