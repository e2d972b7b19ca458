package io.hermes.registry.health;

import static io.hermes.registry.RegistryProfile.admin;
import static io.hermes.registry.RegistryProfile.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.hermes.registry.OnBucket;
import io.hermes.registry.RegistryDatabase;
import io.hermes.registry.RegistryProfile;
import io.hermes.registry.probe.OffLoop;
import io.hermes.registry.provider.HealthBook;
import io.hermes.registry.provider.HealthLease;
import io.hermes.registry.provider.HealthSettings;
import io.hermes.storage.ProbeReport;
import io.hermes.storage.testing.FaultProxy;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.scheduler.Trigger;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas' schedules on one database, turned by hand. */
@QuarkusTest
@TestProfile(RegistryProfile.class)
class HealthScheduleTest extends OnBucket {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    HealthBook book;

    @Inject
    Looks looks;

    @Inject
    HealthGauges gauges;

    @Inject
    HealthSettings settings;

    @Inject
    OffLoop offLoop;

    @Inject
    Scheduler scheduler;

    private final String name = "watched-" + UUID.randomUUID();
    private HealthSchedule one;
    private HealthSchedule other;

    @BeforeEach
    void nobodyIsDue() {
        RegistryDatabase.run("UPDATE provider_health SET next_check = clock_timestamp() + interval '1 day'");
        one = new HealthSchedule(book, looks, settings, offLoop);
        other = new HealthSchedule(book, looks, settings, offLoop);
    }

    /** Other tests count what is registered. */
    @AfterEach
    void nothingLeft() {
        RegistryDatabase.run("DELETE FROM provider_storage WHERE provider_name LIKE '" + name + "%'");
    }

    private void register(String body) {
        admin().contentType(ContentType.JSON).body(body).post(PROVIDERS).then().statusCode(201);
        RegistryDatabase.run("UPDATE provider_health SET next_check = clock_timestamp() + interval '1 day'");
    }

    /** Not writable, so that it is only reached, from its registration on. */
    private String s3(String url) {
        return """
                {"providerName":"%s","providerType":"s3","isWritable":false,"config":{"endpoint":"%s","region":"us-east-1",
                 "bucket":"%s","access_key":"%s","secret_key":"%s","retry_max_attempts":1,"request_timeout_seconds":300}}""".formatted(name, url, bucket, accessKey, secretKey);
    }

    private static String memory(String name) {
        return "{\"providerName\":\"" + name + "\",\"providerType\":\"memory\"}";
    }

    private static void due(String names) {
        RegistryDatabase.run("UPDATE provider_health SET next_check = clock_timestamp() WHERE provider_id IN"
                + " (SELECT id FROM provider_storage WHERE provider_name LIKE '" + names + "')");
    }

    private static long looksAt(String names) {
        return RegistryDatabase.number("SELECT count(*) FROM provider_health_checks WHERE provider_id IN"
                + " (SELECT id FROM provider_storage WHERE provider_name LIKE '" + names + "')");
    }

    /** What is to be told of the provider: its version and health, since nobody tells it in these tests. */
    private List<String> noted() {
        return RegistryDatabase.texts("SELECT provider_version || ' ' || health_status FROM provider_outbox"
                + " WHERE provider_name = '" + name + "' ORDER BY id");
    }

    private static <T> T result(Uni<T> work) {
        return work.await().atMost(PATIENCE);
    }

    private void lookAgain() {
        due(name);
        result(one.lookAtWhatIsDue());
    }

    private void isTold(String status, int failures) {
        admin().get(PROVIDERS + "/" + name + "/health")
                .then()
                .statusCode(200)
                .body("healthStatus", equalTo(status))
                .body("consecutiveFailures", equalTo(failures));
        admin().get(PROVIDERS + "/" + name)
                .then()
                .statusCode(200)
                .body("health.status", equalTo(status))
                .body("health.consecutiveFailures", equalTo(failures))
                .body("health.checks.name", equalTo(List.of("reach")));
    }

    @Test
    void aStoreThatIsBeingLookedAtIsLeftAloneByTheOtherReplica() {
        try (HeldStore store = HeldStore.start()) {
            // Given
            register(s3(store.endpoint()));
            store.hold();
            due(name);

            // When
            UniAssertSubscriber<Void> looking =
                    one.lookAtWhatIsDue().subscribe().withSubscriber(UniAssertSubscriber.create());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(store.asked()).hasSize(1));
            result(other.lookAtWhatIsDue());

            // Then
            assertThat(looksAt(name)).isZero();
            store.letGo();
            looking.awaitItem(PATIENCE);
            assertThat(store.asked()).as("one cheap request, no scan").containsExactly("HEAD /" + bucket);
            assertThat(looksAt(name)).isEqualTo(1);
        }
    }

    @Test
    void twoReplicasShareWhatIsDue() {
        // Given
        IntStream.range(0, 12).forEach(number -> register(memory(name + "-" + number)));
        due(name + "-%");

        // When
        result(Uni.join().all(one.lookAtWhatIsDue(), other.lookAtWhatIsDue()).andFailFast());

        // Then
        assertThat(looksAt(name + "-%")).isEqualTo(12);
        assertThat(RegistryDatabase.number(
                        "SELECT count(DISTINCT provider_id) FROM provider_health_checks WHERE provider_id IN"
                                + " (SELECT id FROM provider_storage WHERE provider_name LIKE '" + name + "-%')"))
                .isEqualTo(12);
    }

    @Test
    void whoDiesOverALookIsReplacedAndWhatItSawIsDropped() {
        // Given
        register(memory(name));
        due(name);
        HealthLease dead = result(book.takeDue()).orElseThrow();
        due(name);
        result(other.lookAtWhatIsDue());
        assertThat(looksAt(name)).as("the lease holds").isZero();

        // When
        RegistryDatabase.run("UPDATE provider_health SET lease_until = clock_timestamp() - interval '1 second'");
        result(other.lookAtWhatIsDue());

        // Then
        assertThat(looksAt(name)).isEqualTo(1);
        assertThat(result(book.settle(dead, new ProbeReport(List.of(), ProbeReport.Measured.NOTHING))))
                .isFalse();
        assertThat(looksAt(name)).isEqualTo(1);
    }

    @Test
    void whatChangedDuringALookIsNotJudgedByIt() {
        // Given
        register(memory(name));
        due(name);
        HealthLease before = result(book.takeDue()).orElseThrow();

        // When
        admin().contentType(ContentType.JSON)
                .body("{\"config\":{\"default_mime_type\":\"text/plain\"}}")
                .patch(PROVIDERS + "/" + name)
                .then()
                .statusCode(200);

        // Then
        assertThat(result(book.settle(before, new ProbeReport(List.of(), ProbeReport.Measured.NOTHING))))
                .isFalse();
    }

    @Test
    void aStoreThatGoesAwayIsDegradedThenUnhealthyAndComesBack() throws IOException {
        try (FaultProxy proxy = FaultProxy.before(endpoint)) {
            register(s3(proxy.endpoint()));
            lookAgain();
            isTold("healthy", 0);
            proxy.refuseConnections();
            lookAgain();
            isTold("healthy", 1);
            lookAgain();
            isTold("degraded", 2);
            lookAgain();
            isTold("unhealthy", 3);
            proxy.acceptConnections();
            lookAgain();
            isTold("unhealthy", 0);
            lookAgain();
            isTold("healthy", 0);
        }
        admin().get(PROVIDERS + "/" + name + "/health/history?limit=3")
                .then()
                .statusCode(200)
                .body("count", equalTo(3))
                .body("checks.observed", equalTo(List.of("healthy", "healthy", "unhealthy")))
                .body("checks.healthStatus", equalTo(List.of("healthy", "unhealthy", "unhealthy")))
                .body("checks[2].hint", containsString("cannot be reached"));
        admin().get(PROVIDERS + "/" + name).then().body("version", equalTo(1)).body("healthStatus", equalTo("healthy"));
        assertThat(Files.readString(Path.of("target", "registry-test.log")))
                .contains("provider=" + name + " type=s3 health=degraded was=healthy")
                .contains("provider=" + name + " type=s3 health=unhealthy was=degraded")
                .contains("provider=" + name + " type=s3 health=healthy was=unhealthy");
        assertThat(noted()).containsExactly("1 healthy", "1 degraded", "1 unhealthy", "1 healthy");
        result(gauges.refresh());
        admin().get("/q/metrics")
                .then()
                .body(containsString("hermes_provider_health{provider=\"" + name + "\",type=\"s3\"} 1.0"))
                .body(containsString("hermes_provider_health_changes_total{status=\"unhealthy\"}"));
    }

    @Test
    void aDisabledProviderIsNotLookedAtUnlessSomebodyAsks() {
        // Given
        register(memory(name).replace("\"providerType\"", "\"status\":\"disabled\",\"providerType\""));

        // When
        lookAgain();

        // Then
        assertThat(looksAt(name)).isZero();
        admin().get(PROVIDERS + "/" + name + "/health?refresh=true").then().statusCode(200);
        assertThat(looksAt(name)).isEqualTo(1);
    }

    @Test
    void looksAreForgottenAfterADay() {
        // Given
        register(memory(name));
        String ofOurs = " FROM provider_storage WHERE provider_name = '" + name + "'";
        RegistryDatabase.run(
                "INSERT INTO provider_health_checks (provider_id, checked_at, observed, health_status, latency_ms)"
                        + " SELECT id, clock_timestamp() - interval '25 hours', 'healthy', 'healthy', 1" + ofOurs);
        RegistryDatabase.run(
                "INSERT INTO provider_health_checks (provider_id, checked_at, observed, health_status, latency_ms)"
                        + " SELECT id, clock_timestamp() - interval '23 hours', 'healthy', 'healthy', 2" + ofOurs);

        // When
        result(one.purge());

        // Then
        admin().get(PROVIDERS + "/" + name + "/health/history").then().body("checks.latencyMs", equalTo(List.of(2)));
    }

    @Test
    void aDeletedProviderTakesItsLooksAlong() {
        register(memory(name));
        lookAgain();
        long all = RegistryDatabase.number("SELECT count(*) FROM provider_health_checks");
        admin().delete(PROVIDERS + "/" + name).then().statusCode(200);
        assertThat(RegistryDatabase.number("SELECT count(*) FROM provider_health_checks"))
                .isEqualTo(all - 1);
    }

    /** The others turn it by hand. */
    @Test
    void theScheduleTurnsByItself() {
        assertThat(scheduler.getScheduledJobs())
                .extracting(Trigger::getId)
                .contains("provider-health", "provider-health-purge", "provider-health-gauges");
    }

    @Test
    void servicesDoNotReadIt() {
        register(memory(name));
        service().get(PROVIDERS + "/" + name + "/health/history").then().statusCode(403);
        admin().get(PROVIDERS + "/" + name + "/health/history?limit=0").then().statusCode(400);
        admin().get(PROVIDERS + "/" + name + "/health/history?days=1").then().statusCode(400);
        admin().get(PROVIDERS + "/" + name + "/health/history").then().body("checks", hasSize(0));
    }
}
