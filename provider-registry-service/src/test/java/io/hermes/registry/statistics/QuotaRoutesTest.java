package io.hermes.registry.statistics;

import static io.hermes.registry.RegistryProfile.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.hermes.registry.RegistryProfile;
import io.hermes.registry.provider.Statistics;
import io.hermes.registry.provider.Tally;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A store that is nearly full is told of; to one that is full no job begins to write. */
@QuarkusTest
@TestProfile(RegistryProfile.class)
class QuotaRoutesTest extends WithClaims {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    StatisticsGauges gauges;

    @Inject
    Statistics statistics;

    private JsonPath register(long documents) {
        return register(memory(name, ",\"quota\":{\"maxDocuments\":" + documents + "}"));
    }

    private ValidatableResponse shown() {
        return admin().get(PROVIDERS + "/" + name).then().statusCode(200);
    }

    private static void isRefused(JsonPath provider) {
        claim(provider, UUID.randomUUID(), "destination")
                .then()
                .statusCode(409)
                .body("code", equalTo("PROVIDER_QUOTA_EXCEEDED"))
                .body("detail", containsString("PATCH the quota"));
    }

    private static String log() throws IOException {
        return Files.readString(Path.of("target", "registry-test.log"));
    }

    @Test
    void aFullStoreIsReadButNoJobBeginsToWriteToIt() {
        // Given
        JsonPath provider = register(10);
        shown().body("quota.maxDocuments", equalTo(10))
                .body("quota.maxBytes", nullValue())
                .body("quota.warnPercent", equalTo(80))
                .body("quota.usedPercent", equalTo(0.0f))
                .body("quota.state", equalTo("ok"))
                .body("warnings", nullValue());
        UUID running = claimed(provider, "destination");

        // When
        brought(provider, 11, 110);

        // Then
        isRefused(provider);
        claim(provider, UUID.randomUUID(), "source").then().statusCode(204);
        claim(provider, running, "destination").then().statusCode(204);
        shown().body("quota.state", equalTo("exceeded"))
                .body("quota.usedPercent", equalTo(110.0f))
                .body("warnings[0]", containsString("110.0 %"));
        admin().get(PROVIDERS + "/" + name + "/health").then().body("quota", equalTo("exceeded"));
        release(provider, running, 2, 20);
        shown().body("documentCount", equalTo(13));
        claim(provider, running, "destination").then().statusCode(409).body("code", equalTo("PROVIDER_QUOTA_EXCEEDED"));
    }

    @Test
    void eachCrossingIsToldOnce() throws IOException {
        JsonPath provider = register(10);
        UUID running = claimed(provider, "destination");

        brought(provider, 7, 70);
        brought(provider, 1, 10);
        brought(provider, 1, 10);
        brought(provider, 1, 10);
        release(provider, running, 1, 10);
        release(provider, running, 1, 10);
        assertThat(statistics
                        .take(provider.getLong("id"))
                        .chain(scan -> statistics.settle(scan.orElseThrow(), new Tally()))
                        .await()
                        .atMost(PATIENCE))
                .isTrue();

        String of = "provider=" + name + " type=memory quota=";
        assertThat(log())
                .containsOnlyOnce(of + "warning was=ok documents=8 ")
                .containsOnlyOnce(of + "exceeded was=warning documents=10 ")
                .containsOnlyOnce(of + "ok was=exceeded documents=0 ");
        assertThat(log().split(of, -1)).hasSize(4);
        claimed(provider, "destination");
    }

    @Test
    void aRaisedQuotaLetsJobsIn() {
        // Given
        JsonPath provider = register(1);
        brought(provider, 1, 2000);
        isRefused(provider);

        // When
        patch("{\"quota\":{\"maxDocuments\":2,\"maxBytes\":1000}}").then().statusCode(200);

        // Then
        isRefused(provider);
        patch("{\"quota\":{\"maxBytes\":null,\"warnPercent\":50}}")
                .then()
                .statusCode(200)
                .body("capacityBytes", nullValue())
                .body("quota.state", equalTo("warning"));
        claimed(provider, "destination");
        patch("{\"displayName\":\"Papers\"}").then().statusCode(200).body("quota.maxDocuments", equalTo(2));
        patch("{\"quota\":null}").then().statusCode(200).body("quota", nullValue());
        admin().get("/api/v2/audit-events?action=provider.patch&target=" + name)
                .then()
                .body("events[0].before.'quota.maxDocuments'", equalTo(2))
                .body("events[0].before.'quota.warnPercent'", equalTo(50))
                .body("events[3].after.'quota.maxBytes'", equalTo(1000));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"maxDocuments\":0}; quota.maxDocuments",
                "{\"maxBytes\":-5}; quota.maxBytes",
                "{\"warnPercent\":101}; quota.warnPercent",
                "{\"most\":1}; quota.most"
            })
    void aQuotaThatMakesNoSenseIsRefused(String quota, String field) {
        admin().contentType(ContentType.JSON)
                .body(memory(name, ",\"quota\":" + quota))
                .post(PROVIDERS)
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo(field));
        registerMemory();
        patch("{\"quota\":" + quota + "}").then().statusCode(400).body("violations[0].field", equalTo(field));
    }

    @Test
    void theGaugesTellWhatThereIs() {
        JsonPath provider = register(memory(name, ",\"quota\":{\"maxDocuments\":4,\"maxBytes\":1000}"));
        brought(provider, 3, 30);

        gauges.refresh().await().atMost(PATIENCE);

        String labels = "{provider=\"" + name + "\",type=\"memory\"} ";
        admin().get("/q/metrics")
                .then()
                .body(containsString("hermes_storage_documents" + labels + "3.0"))
                .body(containsString("hermes_storage_bytes" + labels + "30.0"))
                .body(containsString("hermes_provider_capacity_bytes" + labels + "1000.0"))
                .body(containsString("hermes_provider_quota_used" + labels + "0.75"));
    }
}
