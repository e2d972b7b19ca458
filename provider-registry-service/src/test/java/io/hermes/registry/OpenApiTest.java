package io.hermes.registry;

import static io.hermes.registry.RegistryProfile.admin;

import io.hermes.edge.testing.ApiContract;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(RegistryProfile.class)
class OpenApiTest extends ApiContract {

    @Override
    protected String token(String role) {
        return RegistryProfile.token(role);
    }

    @Test
    void everyAnswerIsAsDocumented() {
        String name = "documented-" + UUID.randomUUID();
        String providers = "/api/v2/providers";
        Response created = admin().contentType(ContentType.JSON)
                .body("{\"providerName\":\"" + name + "\",\"providerType\":\"memory\",\"config\":{\"name\":\"" + name
                        + "\"}}")
                .post(providers);

        created.then().statusCode(201);
        assertAnswers(created, "POST " + providers);
        assertAnswers(admin().get(providers), "GET " + providers);
        assertAnswers(admin().get(providers + "/" + name), "GET " + providers + "/{ref}");
        assertAnswers(admin().get(providers + "/" + name + "/health"), "GET " + providers + "/{ref}/health");
        assertAnswers(
                admin().get(providers + "/" + name + "/health?refresh=true"), "GET " + providers + "/{ref}/health");
        assertAnswers(
                admin().get(providers + "/" + name + "/health/history"), "GET " + providers + "/{ref}/health/history");
        assertAnswers(admin().post(providers + "/" + name + "/test"), "POST " + providers + "/{ref}/test");
        assertAnswers(
                admin().contentType(ContentType.JSON)
                        .body("{\"providerType\":\"memory\",\"config\":{\"name\":\"" + name + "\"}}")
                        .post(providers + "/test"),
                "POST " + providers + "/test");
        assertAnswers(admin().post(providers + "/" + name + "/scan"), "POST " + providers + "/{ref}/scan");
        assertAnswers(admin().get(providers + "/" + name + "/statistics"), "GET " + providers + "/{ref}/statistics");
        assertAnswers(admin().get("/api/v2/provider-statistics"), "GET /api/v2/provider-statistics");
        admin().contentType(ContentType.JSON)
                .body("{\"quota\":{\"maxBytes\":1000},\"limits\":{\"requestsPerSecond\":5}}")
                .patch(providers + "/" + name)
                .then()
                .statusCode(200);
        assertAnswers(admin().get(providers + "/" + name), "GET " + providers + "/{ref}");
        assertAnswers(admin().get(providers + "/" + name + "/statistics"), "GET " + providers + "/{ref}/statistics");
        assertAnswers(admin().delete(providers + "/" + name), "DELETE " + providers + "/{ref}");
        assertAnswers(admin().get("/api/v2/provider-types"), "GET /api/v2/provider-types");
        assertAnswers(admin().get("/api/v2/provider-types/s3"), "GET /api/v2/provider-types/{providerType}");
        assertAnswers(admin().get("/api/v2/provider-file"), "GET /api/v2/provider-file");
        assertAnswers(admin().get("/api/v2/secrets"), "GET /api/v2/secrets");
        assertAnswers(admin().get("/api/v2/audit-events"), "GET /api/v2/audit-events");
    }
}
