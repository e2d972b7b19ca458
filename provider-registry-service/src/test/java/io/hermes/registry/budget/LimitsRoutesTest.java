package io.hermes.registry.budget;

import static io.hermes.registry.RegistryProfile.admin;
import static io.hermes.registry.RegistryProfile.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.hermes.registry.RegistryDatabase;
import io.hermes.registry.RegistryProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How limits are given, changed, shown and told. */
@QuarkusTest
@TestProfile(RegistryProfile.class)
class LimitsRoutesTest extends WithLimits {

    private static final String WINDOW = "mon-fri 08:00-18:00 10M";

    @Test
    void limitsAreShownAndOnlyThatThereAreAnyIsToldToTheServices() {
        UUID uuid =
                created("{\"requestsPerSecond\":12.5,\"windows\":[\"" + WINDOW + "\"],\"timeZone\":\"Europe/Berlin\"}");

        admin().get(PROVIDERS + "/" + name)
                .then()
                .body("limits.requestsPerSecond", equalTo(12.5f))
                .body("limits.bytesPerSecond", nullValue())
                .body("limits.windows", contains(WINDOW))
                .body("limits.timeZone", equalTo("Europe/Berlin"));
        service()
                .get("/internal/providers/" + uuid)
                .then()
                .body("limited", equalTo(true))
                .body("limits", nullValue());
    }

    @Test
    void aChangeOfLimitsIsANewVersionThatIsToldAndAudited() {
        UUID uuid = created("null");
        service().get("/internal/providers/" + uuid).then().body("limited", equalTo(false));

        patch("{\"requestsPerSecond\":10,\"bytesPerSecond\":2048}")
                .then()
                .statusCode(200)
                .body("version", equalTo(2))
                .body("limits.timeZone", equalTo("UTC"));

        service().get("/internal/providers/" + uuid).then().body("limited", equalTo(true));
        assertThat(RegistryDatabase.number("SELECT count(*) FROM provider_outbox WHERE provider_version = 2"
                        + " AND provider_uuid = '" + uuid + "'"))
                .isEqualTo(1);
        patch("{\"requestsPerSecond\":null,\"windows\":[\"" + WINDOW + "\"]}")
                .then()
                .statusCode(200)
                .body("limits.requestsPerSecond", nullValue())
                .body("limits.bytesPerSecond", equalTo(2048));
        patch("null").then().statusCode(200).body("limits", nullValue()).body("version", equalTo(4));
        admin().get("/api/v2/audit-events?action=provider.patch&target=" + name)
                .then()
                .body("events[0].before.'limits.windows'", contains(WINDOW))
                .body("events[1].before.'limits.requestsPerSecond'", equalTo(10.0f))
                .body("events[2].after.'limits.bytesPerSecond'", equalTo(2048));
    }

    @Test
    void limitsThatSayNothingAreNone() {
        create("{\"windows\":[],\"timeZone\":\"Europe/Berlin\"}")
                .then()
                .statusCode(201)
                .body("limits", nullValue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"requestsPerSecond\":0}; limits.requestsPerSecond",
                "{\"requestsPerSecond\":1e12}; limits.requestsPerSecond",
                "{\"bytesPerSecond\":1023}; limits.bytesPerSecond",
                "{\"timeZone\":\"Berlin\",\"bytesPerSecond\":1024}; limits.timeZone",
                "{\"burst\":1}; limits.burst"
            })
    void limitsThatMakeNoSenseAreRefused(String limits, String field) {
        create(limits).then().statusCode(400).body("violations[0].field", equalTo(field));
        created("null");
        patch(limits).then().statusCode(400).body("violations[0].field", equalTo(field));
    }

    @ParameterizedTest
    @CsvSource({
        "daily 08:00-18:00 0M, pause the job",
        "daily 08:00-18:00 off, 'a rate in bytes per second'",
        "monday 08:00-18:00 1M, 'mon-fri'"
    })
    void aWindowThatMeansNothingIsRefusedWithWhatWouldBeRight(String window, String hint) {
        String limits = "{\"windows\":[\"" + WINDOW + "\",\"" + window + "\"]}";

        create(limits)
                .then()
                .statusCode(400)
                .body("violations[0].pointer", equalTo("/limits/windows/1"))
                .body("violations[0].message", containsString(hint));
        created("null");
        patch(limits).then().statusCode(400).body("violations[0].pointer", equalTo("/limits/windows/1"));
    }
}
