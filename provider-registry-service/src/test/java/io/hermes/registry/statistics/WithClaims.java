package io.hermes.registry.statistics;

import static io.hermes.registry.RegistryProfile.admin;
import static io.hermes.registry.RegistryProfile.service;

import io.hermes.registry.OnBucket;
import io.hermes.registry.RegistryDatabase;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/** Providers that jobs use, and what is known of them. */
abstract class WithClaims extends OnBucket {

    final String name = "counted-" + UUID.randomUUID();

    /** Other tests count what is registered. */
    @AfterEach
    void nothingLeft() {
        RegistryDatabase.run("DELETE FROM provider_storage WHERE provider_name LIKE '" + name + "%'");
    }

    static JsonPath register(String body) {
        return admin().contentType(ContentType.JSON)
                .body(body)
                .post(PROVIDERS)
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    JsonPath registerMemory() {
        return register(memory(name, ""));
    }

    static String memory(String name, String more) {
        return "{\"providerName\":\"" + name + "\",\"providerType\":\"memory\"" + more + "}";
    }

    static Response claim(JsonPath provider, UUID job, String role) {
        return service()
                .contentType(ContentType.JSON)
                .body("{\"role\":\"" + role + "\",\"jobName\":\"q3-archive\"}")
                .put(claimOf(provider, job));
    }

    static UUID claimed(JsonPath provider, String role) {
        UUID job = UUID.randomUUID();
        claim(provider, job, role).then().statusCode(204);
        return job;
    }

    static void release(JsonPath provider, UUID job, long documents, long bytes) {
        service()
                .contentType(ContentType.JSON)
                .body("{\"documents\":" + documents + ",\"bytes\":" + bytes + "}")
                .delete(claimOf(provider, job))
                .then()
                .statusCode(204);
    }

    private static String claimOf(JsonPath provider, UUID job) {
        return "/internal/providers/" + provider.getString("providerUuid") + "/claims/" + job;
    }

    /** A job brought so much. */
    static void brought(JsonPath provider, long documents, long bytes) {
        release(provider, claimed(provider, "destination"), documents, bytes);
    }

    Response patch(String body) {
        return admin().contentType("application/merge-patch+json").body(body).patch(PROVIDERS + "/" + name);
    }

    Response statistics() {
        return admin().get(PROVIDERS + "/" + name + "/statistics");
    }
}
