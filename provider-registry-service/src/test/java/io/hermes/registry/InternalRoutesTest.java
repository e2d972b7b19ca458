package io.hermes.registry;

import static io.hermes.registry.RegistryProfile.admin;
import static io.hermes.registry.RegistryProfile.service;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(RegistryProfile.class)
class InternalRoutesTest {

    private static final String PROVIDERS = "/api/v2/providers/";
    private static final String INTERNAL = "/internal/providers/";

    private static JsonPath provider() {
        String name = "internal-" + UUID.randomUUID();
        return admin().contentType(ContentType.JSON)
                .body("{\"providerName\":\"" + name + "\",\"providerType\":\"memory\",\"config\":{\"revisions\":true}}")
                .post(PROVIDERS)
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    private static Response claim(String provider, UUID job, String role) {
        return service()
                .contentType(ContentType.JSON)
                .body("{\"role\":\"" + role + "\",\"jobName\":\"q3-archive\"}")
                .put(INTERNAL + provider + "/claims/" + job);
    }

    private static Response release(String provider, UUID job, long documents, long bytes) {
        return service()
                .contentType(ContentType.JSON)
                .body("{\"documents\":" + documents + ",\"bytes\":" + bytes + "}")
                .delete(INTERNAL + provider + "/claims/" + job);
    }

    @Test
    void onlyAServiceMayAsk() {
        String uuid = provider().getString("providerUuid");
        RestAssured.get(INTERNAL + uuid).then().statusCode(401);
        admin().get(INTERNAL + uuid).then().statusCode(403);
        service().get(PROVIDERS + uuid).then().statusCode(403);
        service().get(INTERNAL + uuid).then().statusCode(200);
    }

    @Test
    void aProviderIsResolvedUntilTheCallerHasIt() {
        JsonPath provider = provider();
        service()
                .get(INTERNAL + provider.getString("providerName"))
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("providerUuid", equalTo(provider.getString("providerUuid")))
                .body("config.revisions", equalTo("true"))
                .body("writable", equalTo(true))
                .body("capabilities.conditionalPut", equalTo(true));
        service()
                .header("If-None-Match", "\"1\"")
                .get(INTERNAL + provider.getString("providerUuid"))
                .then()
                .statusCode(304);
        service().get(INTERNAL + "nobody").then().statusCode(404).body("code", equalTo("PROVIDER_UNKNOWN"));
    }

    @Test
    void aClaimedProviderCannotBeDeletedAndSaysWhoUsesIt() {
        String uuid = provider().getString("providerUuid");
        UUID job = UUID.randomUUID();
        claim(uuid, job, "source").then().statusCode(204);
        claim(uuid, job, "source").then().statusCode(204);
        admin().get(PROVIDERS + uuid).then().body("usedBy.runningJobs", equalTo(1));
        admin().delete(PROVIDERS + uuid)
                .then()
                .statusCode(409)
                .body("code", equalTo("PROVIDER_IN_USE"))
                .body("jobs", hasItem("q3-archive"));
        release(uuid, job, 0, 0).then().statusCode(204);
        admin().delete(PROVIDERS + uuid).then().statusCode(200);
    }

    @Test
    void aReleaseIsCountedOnceHoweverOftenItIsSent() {
        String uuid = provider().getString("providerUuid");
        UUID job = UUID.randomUUID();
        claim(uuid, job, "destination").then().statusCode(204);
        release(uuid, job, 10, 1000).then().statusCode(204);
        release(uuid, job, 10, 1000).then().statusCode(204);
        admin().get(PROVIDERS + uuid)
                .then()
                .body("documentCount", equalTo(10))
                .body("totalSizeBytes", equalTo(1000))
                .body("version", equalTo(1));
        claim(uuid, job, "destination").then().statusCode(204);
        release(uuid, job, 12, 1300).then().statusCode(204);
        admin().get(PROVIDERS + uuid).then().body("documentCount", equalTo(12)).body("totalSizeBytes", equalTo(1300));
    }

    @Test
    void aReleaseOfWhatIsNotThereIsNoError() {
        release(provider().getString("providerUuid"), UUID.randomUUID(), 5, 5)
                .then()
                .statusCode(204);
        release(UUID.randomUUID().toString(), UUID.randomUUID(), 5, 5).then().statusCode(204);
        claim(UUID.randomUUID().toString(), UUID.randomUUID(), "source").then().statusCode(404);
    }

    @Test
    void aProviderThatMayNotBeUsedCannotBeClaimed() {
        String uuid = provider().getString("providerUuid");
        status(uuid, "readonly");
        claim(uuid, UUID.randomUUID(), "source").then().statusCode(204);
        claim(uuid, UUID.randomUUID(), "destination")
                .then()
                .statusCode(409)
                .body("code", equalTo("PROVIDER_NOT_WRITABLE"));
        status(uuid, "disabled");
        claim(uuid, UUID.randomUUID(), "source").then().statusCode(409).body("code", equalTo("PROVIDER_DISABLED"));
    }

    private static void status(String uuid, String status) {
        admin().contentType(ContentType.JSON)
                .body("{\"status\":\"" + status + "\"}")
                .patch(PROVIDERS + uuid)
                .then()
                .statusCode(200);
    }
}
