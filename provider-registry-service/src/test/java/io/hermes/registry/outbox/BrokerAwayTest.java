package io.hermes.registry.outbox;

import static io.hermes.registry.RegistryProfile.admin;
import static io.hermes.registry.RegistryProfile.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.hermes.edge.testing.KafkaBroker;
import io.hermes.edge.testing.ProviderTopic;
import io.hermes.registry.RegistryDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The registry needs no broker to be the registry. */
@QuarkusTest
@TestProfile(WithoutBroker.class)
class BrokerAwayTest {

    private static final String PROVIDERS = "/api/v2/providers/";
    private static final Duration LIMIT = Duration.ofSeconds(120);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String address;

    @Test
    void everythingWorksAndIsToldWhenTheBrokerComes() {
        // Given no broker since the start
        String name = "untold-" + UUID.randomUUID();

        // When
        UUID uuid = UUID.fromString(admin().contentType(ContentType.JSON)
                .body("{\"providerName\":\"" + name + "\",\"providerType\":\"memory\"}")
                .post(PROVIDERS)
                .then()
                .statusCode(201)
                .extract()
                .path("providerUuid"));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(pending()).isEqualTo("1.0"));
        admin().contentType("application/merge-patch+json")
                .body("{\"status\":\"readonly\"}")
                .patch(PROVIDERS + name)
                .then()
                .statusCode(200)
                .body("version", equalTo(2));

        // Then
        service().get("/internal/providers/" + uuid).then().statusCode(200).body("version", equalTo(2));
        for (String probe : new String[] {"ready", "live", "started"}) {
            RestAssured.get("/q/health/" + probe).then().statusCode(200).body("status", not(equalTo("DOWN")));
        }
        await().atMost(LIMIT).untilAsserted(() -> assertThat(pending()).isEqualTo("2.0"));

        // When it comes
        KafkaBroker broker = new KafkaBroker();
        broker.init(Map.of("port", address.substring(address.indexOf(':') + 1)));
        try {
            assertThat(broker.start()).containsEntry("kafka.bootstrap.servers", address);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(RegistryDatabase.number("SELECT count(*) FROM provider_outbox"))
                            .isZero());
            // Each at least once: what was given up after ten seconds may still have been on its way to the broker.
            assertThat(new ProviderTopic(address).told(uuid))
                    .extracting(event -> event.orElseThrow().providerVersion())
                    .containsOnly(1L, 2L)
                    .isSorted();
        } finally {
            broker.stop();
        }
    }

    private static String pending() {
        return Pattern.compile("(?m)^hermes_provider_outbox_pending(\\{.*})? (\\S+)$")
                .matcher(RestAssured.get("/q/metrics").asString())
                .results()
                .map(found -> found.group(2))
                .findFirst()
                .orElse("");
    }
}
