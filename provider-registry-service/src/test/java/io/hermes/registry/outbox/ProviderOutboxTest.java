package io.hermes.registry.outbox;

import static io.hermes.registry.RegistryProfile.admin;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.contract.provider.ProviderChanged;
import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.provider.StoreHealth;
import io.hermes.edge.testing.ProviderTopic;
import io.hermes.registry.RegistryDatabase;
import io.hermes.registry.RegistryProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of a change: by the transaction that makes it, and to the broker. The relay runs when these tests say so. */
@QuarkusTest
@TestProfile(RegistryProfile.class)
class ProviderOutboxTest {

    private static final String PROVIDERS = "/api/v2/providers";

    @Inject
    Relay relay;

    @Inject
    OutboxGauges gauges;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String broker;

    private final String name = "told-" + UUID.randomUUID();

    @BeforeEach
    void nothingWaits() {
        result(relay::drain);
    }

    private Response create() {
        return admin().contentType(ContentType.JSON)
                .body("{\"providerName\":\"" + name + "\",\"providerType\":\"memory\"}")
                .post(PROVIDERS);
    }

    private UUID created() {
        return UUID.fromString(create().then().statusCode(201).extract().path("providerUuid"));
    }

    private Response patch(String body) {
        return admin().contentType("application/merge-patch+json").body(body).patch(PROVIDERS + "/" + name);
    }

    private Response delete() {
        return admin().delete(PROVIDERS + "/" + name);
    }

    private ProviderChanged changed(UUID uuid, long version, ProviderStatus status) {
        return new ProviderChanged(1, uuid, name, version, status, StoreHealth.HEALTHY);
    }

    private List<Optional<ProviderChanged>> told(UUID uuid) {
        return new ProviderTopic(broker).told(uuid);
    }

    private static long waiting() {
        return RegistryDatabase.number("SELECT count(*) FROM provider_outbox");
    }

    private static void result(Supplier<Uni<Void>> work) {
        try {
            Void unused = VertxContextSupport.subscribeAndAwait(work);
        } catch (Throwable failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void everyChangeIsToldOnceAndInItsOrder() {
        UUID uuid = created();
        patch("{\"displayName\":\"Papers\"}").then().statusCode(200);
        patch("{\"status\":\"disabled\"}").then().statusCode(200);
        delete().then().statusCode(200);
        assertThat(waiting()).isEqualTo(4);
        assertThat(told(uuid)).isEmpty();

        result(relay::drain);

        assertThat(waiting()).isZero();
        assertThat(told(uuid))
                .containsExactly(
                        Optional.of(changed(uuid, 1, ProviderStatus.ACTIVE)),
                        Optional.of(changed(uuid, 2, ProviderStatus.ACTIVE)),
                        Optional.of(changed(uuid, 3, ProviderStatus.DISABLED)),
                        Optional.empty());
        result(relay::drain);
        assertThat(told(uuid)).hasSize(4);
    }

    /** The audit is the last statement of a transaction, so what fails there takes with it whatever was noted before. */
    @Test
    void whatIsNotDoneIsNotTold() {
        UUID uuid = created();
        result(relay::drain);
        RegistryDatabase.run("ALTER TABLE audit_events ADD CONSTRAINT shut CHECK (false) NOT VALID");
        try {
            patch("{\"displayName\":\"unseen\"}").then().statusCode(503);
            delete().then().statusCode(503);
        } finally {
            RegistryDatabase.run("ALTER TABLE audit_events DROP CONSTRAINT shut");
        }
        create().then().statusCode(409);

        assertThat(waiting()).isZero();
        result(relay::drain);
        assertThat(told(uuid)).hasSize(1);
    }

    /** Otherwise the others would go on with what they have, and nobody would know. */
    @Test
    void whatCannotBeNotedIsNotDone() {
        UUID uuid = created();
        RegistryDatabase.run("ALTER TABLE provider_outbox ADD CONSTRAINT shut CHECK (false) NOT VALID");
        try {
            patch("{\"displayName\":\"unseen\"}").then().statusCode(500);
            delete().then().statusCode(500);
        } finally {
            RegistryDatabase.run("ALTER TABLE provider_outbox DROP CONSTRAINT shut");
        }

        admin().get(PROVIDERS + "/" + name).then().statusCode(200);
        assertThat(RegistryDatabase.number("SELECT version FROM provider_storage WHERE provider_uuid = '" + uuid + "'"))
                .isEqualTo(1);
    }

    @Test
    void severalRelaysAtOnceTellEachChangeOnceAndEachProvidersInOrder() {
        RegistryDatabase.run("WITH p AS MATERIALIZED (SELECT gen_random_uuid() AS uuid FROM generate_series(1, 150))"
                + " INSERT INTO provider_outbox (provider_uuid, provider_name, provider_version, status, deleted)"
                + " SELECT uuid, '" + name + "', version, 'active', false FROM p, generate_series(1, 5) AS version"
                + " ORDER BY version");

        List<CompletableFuture<Void>> relays = IntStream.range(0, 4)
                .mapToObj(replica -> CompletableFuture.runAsync(() -> result(relay::drain)))
                .toList();
        relays.forEach(CompletableFuture::join);
        result(relay::drain);

        assertThat(waiting()).isZero();
        assertThat(new ProviderTopic(broker).told().values())
                .filteredOn(told -> told.getFirst()
                        .filter(event -> event.providerName().equals(name))
                        .isPresent())
                .hasSize(150)
                .allSatisfy(told -> assertThat(told)
                        .extracting(event -> event.orElseThrow().providerVersion())
                        .containsExactly(1L, 2L, 3L, 4L, 5L));
    }

    /** Another replica has the older change in its hands and may be about to send it. */
    @Test
    void aChangeIsNotToldWhileAnOlderOneOfItsProviderIsBeingTold() throws SQLException {
        UUID uuid = created();
        patch("{\"displayName\":\"Papers\"}").then().statusCode(200);
        try (Connection other = RegistryDatabase.connect();
                Statement taking = other.createStatement()) {
            other.setAutoCommit(false);
            boolean unused = taking.execute("SELECT FROM provider_outbox WHERE provider_version = 1 FOR UPDATE");

            result(relay::drain);

            assertThat(told(uuid)).isEmpty();
            assertThat(waiting()).isEqualTo(2);
            other.rollback();
        }
        result(relay::drain);
        assertThat(told(uuid))
                .extracting(event -> event.orElseThrow().providerVersion())
                .containsExactly(1L, 2L);
    }

    @Test
    void whatWaitsIsSeenInTheMetrics() {
        result(gauges::look);
        assertThat(metric("hermes_provider_outbox_pending")).isZero();

        created();
        patch("{\"displayName\":\"Papers\"}").then().statusCode(200);
        RegistryDatabase.run("UPDATE provider_outbox SET created_at = created_at - interval '1 hour'");
        result(gauges::look);

        assertThat(metric("hermes_provider_outbox_pending")).isEqualTo(2);
        assertThat(metric("hermes_provider_outbox_oldest_seconds")).isGreaterThanOrEqualTo(3600);
    }

    private static double metric(String family) {
        return RestAssured.get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(family + " ") || line.startsWith(family + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow();
    }
}
