package io.hermes.registry;

import static io.hermes.registry.RegistryProfile.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(RegistryProfile.class)
class ProvidersTest {

    private static final String PROVIDERS = "/api/v2/providers";

    private static Response post(String body) {
        return admin().contentType(ContentType.JSON).body(body).post(PROVIDERS);
    }

    private static Response patch(Object ref, String body) {
        return admin().contentType("application/merge-patch+json").body(body).patch(PROVIDERS + "/" + ref);
    }

    private static String memory(String name) {
        return "{\"providerName\":\"" + name + "\",\"providerType\":\"memory\",\"config\":{\"name\":\"" + name + "\"}}";
    }

    private static JsonPath created(String name) {
        return post(memory(name)).then().statusCode(201).extract().jsonPath();
    }

    private static String fresh(String prefix) {
        return prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    @Test
    void aProviderIsCreatedAndReadByNumberUuidAndName() {
        String name = fresh("created");

        Response answer = post(memory(name));

        answer.then()
                .statusCode(201)
                .header("Location", matchesPattern(".*/api/v2/providers/[0-9a-f-]{36}"))
                .header("ETag", "\"1\"")
                .body("version", equalTo(1))
                .body("status", equalTo("active"))
                .body("isPrimary", equalTo(false))
                .body("isWritable", equalTo(true))
                .body("managedBy", equalTo("api"))
                .body("config.name", equalTo(name))
                .body("healthStatus", equalTo("healthy"))
                .body("capabilities.conditionalPut", equalTo(true))
                .body("capabilities.versioning", equalTo(false))
                .body("capabilities.permissions", equalTo(false))
                .body("createdBy", equalTo("admin"))
                .body("usedBy.runningJobs", equalTo(0))
                .body("warnings", nullValue());
        String uuid = answer.jsonPath().getString("providerUuid");
        for (Object ref : List.of(answer.jsonPath().getLong("id"), uuid, uuid.toUpperCase(Locale.ROOT), name)) {
            admin().get(PROVIDERS + "/" + ref)
                    .then()
                    .statusCode(200)
                    .header("ETag", "\"1\"")
                    .body("providerUuid", equalTo(uuid));
        }
    }

    @Test
    void configValuesAreKeptAsTheyWereGiven() {
        String name = fresh("typed");
        post("{\"providerName\":\"" + name + "\",\"providerType\":\"memory\",\"config\":{\"revisions\":true}}")
                .then()
                .statusCode(201)
                .body("config.revisions", equalTo(true));
        admin().get(PROVIDERS + "/" + name).then().body("config.revisions", equalTo(true));
    }

    @Test
    void theListShowsThePrimaryOneFirstAndTakesFiltersAndPages() {
        String first = fresh("a-list");
        String second = fresh("b-list");
        String primary = fresh("z-list");
        created(first);
        created(second);
        created(primary);
        patch(primary, "{\"isPrimary\":true}").then().statusCode(200).body("isPrimary", equalTo(true));

        JsonPath all = admin().get(PROVIDERS).then().statusCode(200).extract().jsonPath();

        List<String> names = all.getList("providers.providerName");
        assertThat(names.get(0)).isEqualTo(primary);
        assertThat(names).containsSubsequence(first, second);
        assertThat(all.getInt("count")).isEqualTo(names.size());
        assertThat(pagesOfOne()).isEqualTo(names);
        patch(first, "{\"status\":\"readonly\"}").then().statusCode(200);
        admin().get(PROVIDERS + "?status=readonly")
                .then()
                .body("providers.status", everyItem(equalTo("readonly")))
                .body("providers.providerName", hasItem(first));
        admin().get(PROVIDERS + "?type=nothing")
                .then()
                .body("providers", hasSize(0))
                .body("count", equalTo(0));
        patch(primary, "{\"isPrimary\":false}").then().statusCode(200);
    }

    private static List<String> pagesOfOne() {
        List<String> names = new java.util.ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonPath page = admin().get(PROVIDERS + "?limit=1" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            names.addAll(page.getList("providers.providerName"));
            cursor = page.getString("nextCursor");
        }
        return names;
    }

    @Test
    void aNameIsGivenOnceEvenToTwentyAtTheSameTime() {
        String name = fresh("raced");

        List<Integer> statuses = IntStream.range(0, 20)
                .mapToObj(attempt ->
                        CompletableFuture.supplyAsync(() -> post(memory(name)).statusCode()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(statuses).containsOnlyOnce(201);
        assertThat(statuses).filteredOn(status -> status != 201).containsOnly(409);
        post(memory(name)).then().statusCode(409).body("code", equalTo("PROVIDER_NAME_TAKEN"));
    }

    @Test
    void thereIsOnePrimaryAndTheDatabaseSaysSo() {
        String first = fresh("primary");
        created(first);
        patch(first, "{\"isPrimary\":true}").then().statusCode(200);
        post(memory(fresh("primary")).replace("\"config\"", "\"isPrimary\":true,\"config\""))
                .then()
                .statusCode(409)
                .body("code", equalTo("PRIMARY_EXISTS"));
        String second = fresh("primary");
        created(second);
        patch(second, "{\"isPrimary\":true}").then().statusCode(409).body("code", equalTo("PRIMARY_EXISTS"));
        patch(first, "{\"isPrimary\":false}").then().statusCode(200);
    }

    @Test
    void aPatchChangesWhatItNamesAndRaisesTheVersion() {
        String name = fresh("patched");
        created(name);
        patch(name, "{\"displayName\":\"Papers\",\"isWritable\":false,\"capabilities\":{\"search\":true}}")
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("displayName", equalTo("Papers"))
                .body("isWritable", equalTo(false))
                .body("capabilities.search", equalTo(true))
                .body("config.name", equalTo(name));
        patch(name, "{\"config\":{\"name\":null,\"default_mime_type\":\"text/plain\"}}")
                .then()
                .statusCode(200)
                .body("version", equalTo(3))
                .body("config.name", nullValue())
                .body("config.default_mime_type", equalTo("text/plain"));
        patch(name, "{}").then().statusCode(400).body("detail", equalTo("No fields to update"));
        patch(name, "{\"providerType\":\"s3\"}").then().statusCode(409).body("code", equalTo("PROVIDER_IMMUTABLE"));
        patch(name, "{\"providerType\":\"memory\"}").then().statusCode(200);
        patch(name, "{\"version\":9}").then().statusCode(400).body("code", equalTo("VALIDATION_FAILED"));
        patch(name, "{\"config\":{\"nonsense\":1}}")
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("config.nonsense"));
    }

    @Test
    void aPatchForAnotherVersionIsRefused() {
        String name = fresh("versioned");
        created(name);
        admin().contentType(ContentType.JSON)
                .header("If-Match", "\"7\"")
                .body("{\"displayName\":\"x\"}")
                .patch(PROVIDERS + "/" + name)
                .then()
                .statusCode(412)
                .body("currentVersion", equalTo(1));
        admin().contentType(ContentType.JSON)
                .header("If-Match", "\"1\"")
                .body("{\"displayName\":\"x\"}")
                .patch(PROVIDERS + "/" + name)
                .then()
                .statusCode(200);
        admin().header("If-Match", "\"1\"")
                .delete(PROVIDERS + "/" + name)
                .then()
                .statusCode(412);
    }

    @Test
    void aDeletedProviderIsGoneAndItsNameFree() {
        String name = fresh("deleted");
        long id = created(name).getLong("id");
        admin().delete(PROVIDERS + "/" + name)
                .then()
                .statusCode(200)
                .body("message", notNullValue())
                .body("providerId", equalTo((int) id));
        admin().delete(PROVIDERS + "/" + name).then().statusCode(404);
        admin().get(PROVIDERS + "/" + id).then().statusCode(404).body("code", equalTo("PROVIDER_UNKNOWN"));
        created(name);
    }

    @Test
    void healthIsLookedAtLiveAndRemembered() {
        String name = fresh("healthy");
        int version = created(name).getInt("version");
        admin().get(PROVIDERS + "/" + name + "/health?refresh=true")
                .then()
                .statusCode(200)
                .body("providerName", equalTo(name))
                .body("providerId", notNullValue())
                .body("healthStatus", equalTo("healthy"))
                .body("documentCount", equalTo(0))
                .body("totalSizeBytes", equalTo(0))
                .body("lastHealthCheck", notNullValue())
                .body("lastHealthCheckAge", equalTo("0s"))
                .body("checks[0].name", equalTo("reach"))
                .body("checks[0].status", equalTo("ok"));
        admin().get(PROVIDERS + "/" + name)
                .then()
                .body("health.status", equalTo("healthy"))
                .body("version", equalTo(version));
        admin().get(PROVIDERS + "/nobody/health").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "<a/>",
                "{\"providerName\":\"x\"}",
                "{\"providerType\":\"memory\"}",
                "{\"providerName\":\"x\",\"providerType\":\"memory\",\"role\":\"admin\"}",
                "{\"providerName\":\"x\",\"providerName\":\"y\",\"providerType\":\"memory\"}",
                "{\"providerName\":5,\"providerType\":\"memory\"}",
                "{\"providerName\":\"123\",\"providerType\":\"memory\"}",
                "{\"providerName\":\"019ab4c2-7d31-7c55-9a0e-2f6a1c1b7e42\",\"providerType\":\"memory\"}",
                "{\"providerName\":\"a b\",\"providerType\":\"memory\"}",
                "{\"providerName\":\"../a\",\"providerType\":\"memory\"}",
                "{\"providerName\":\"a\\u0000b\",\"providerType\":\"memory\"}",
                "{\"providerName\":\"x\",\"displayName\":\"a\\u0000b\",\"providerType\":\"memory\"}",
                "{\"providerName\":\"x\",\"providerType\":\"memory\",\"config\":{\"name\":\"a\\u0000b\"}}",
                "{\"providerName\":\"x\",\"providerType\":\"memory\",\"config\":{\"name\":{\"a\":1}}}",
                "{\"providerName\":\"x\",\"providerType\":\"memory\",\"config\":{\"name\":[1]}}",
                "{\"providerName\":\"x\",\"providerType\":\"memory\",\"config\":[]}",
                "{\"providerName\":\"x\",\"providerType\":\"memory\",\"config\":{\"name\":\"a\",\"name\":\"b\"}}",
                "{\"providerName\":\"x\",\"providerType\":\"memory\",\"status\":\"Active\"}",
                "{\"providerName\":\"x\",\"providerType\":\"memory\",\"isWritable\":\"true\"}",
                "{\"providerName\":\"x\",\"providerType\":\"memory\",\"isWritable\":1}",
                "{\"providerName\":\"x\",\"providerType\":\"memory\",\"capabilities\":{\"search\":\"yes\"}}",
                "{\"providerName\":\"x\",\"providerType\":\"java.lang.Runtime\"}"
            })
    void aBadRegistrationIs400(String body) {
        post(body)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", notNullValue())
                .body("detail", not(containsString("io.hermes")));
    }

    @Test
    void anUnknownTypeNamesTheKnownOnes() {
        post("{\"providerName\":\"x\",\"providerType\":\"nfs\"}")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("providerType"))
                .body("violations[0].message", containsString("memory"));
    }

    @Test
    void aHugeBodyIs413AndADeepOneIs400() {
        post("{\"providerName\":\"" + "x".repeat(300_000) + "\"}").then().statusCode(413);
        admin().contentType(ContentType.JSON)
                .body(("{\"config\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post(PROVIDERS)
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1;drop",
                "9223372036854775808",
                "99999999999999999999",
                "00000000-0000-0000-0000-000000000000",
                "-1",
                "0",
                "%00",
                "..%2F1",
                "a%20b",
                "nobody"
            })
    void whatNamesNoProviderIs404(String ref) {
        admin().urlEncodingEnabled(false)
                .get(PROVIDERS + "/" + ref)
                .then()
                .statusCode(org.hamcrest.Matchers.oneOf(400, 404))
                .body(not(containsString("Exception")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=-1",
                "limit=101",
                "limit=x",
                "limit=99999999999",
                "cursor=abc",
                "cursor=%00",
                "status=' or 1=1",
                "status=Active",
                "sort=name;--",
                "typ=s3"
            })
    void aBadFilterIs400OrNothing(String query) {
        admin().get(PROVIDERS + "?" + query)
                .then()
                .statusCode(org.hamcrest.Matchers.oneOf(400, 404))
                .contentType("application/problem+json");
    }

    @Test
    void everyCallToAStoreIsAMetric() {
        String name = fresh("measured");
        created(name);

        io.restassured.RestAssured.get("/q/metrics")
                .then()
                .body(matchesPattern("(?s).*hermes_provider_request_seconds_count\\{[^}]*operation=\"probe\"[^}]*"
                        + "outcome=\"answered\"[^}]*provider=\"" + name + "\"[^}]*\\} 1.*"));
    }

    @Test
    void thePublicSurfaceIsDescribedAndAlive() {
        io.restassured.RestAssured.get("/q/openapi")
                .then()
                .statusCode(200)
                .body(containsString("/api/v2/providers"), not(containsString("/internal/")));
        io.restassured.RestAssured.get("/q/health/ready").then().statusCode(200);
        io.restassured.RestAssured.get("/q/health/live").then().statusCode(200);
        io.restassured.RestAssured.get("/q/metrics").then().statusCode(200);
        io.restassured.RestAssured.get(PROVIDERS).then().statusCode(401);
    }
}
