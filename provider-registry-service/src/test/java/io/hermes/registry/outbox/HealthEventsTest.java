package io.hermes.registry.outbox;

import static io.hermes.registry.RegistryProfile.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hermes.contract.provider.ProviderChanged;
import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.provider.StoreHealth;
import io.hermes.edge.testing.ProviderTopic;
import io.hermes.registry.RegistryDatabase;
import io.hermes.registry.RegistryProfile;
import io.hermes.registry.provider.HealthBook;
import io.hermes.registry.provider.HealthLease;
import io.hermes.storage.ProbeReport;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of a store's health: by the transaction that changes it, and to the broker. Looks and relay are turned by hand. */
@QuarkusTest
@TestProfile(RegistryProfile.class)
class HealthEventsTest {

    private static final String PROVIDERS = "/api/v2/providers";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Relay relay;

    @Inject
    HealthBook book;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String broker;

    private final String name = "felt-" + UUID.randomUUID();
    private UUID uuid;
    private long id;

    @BeforeEach
    void oneProviderAndNothingToTell() {
        JsonPath created = admin().contentType(ContentType.JSON)
                .body("{\"providerName\":\"" + name + "\",\"providerType\":\"memory\"}")
                .post(PROVIDERS)
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
        uuid = UUID.fromString(created.getString("providerUuid"));
        id = created.getLong("id");
        drain();
    }

    /** Other tests count what is registered. */
    @AfterEach
    void nothingLeft() {
        RegistryDatabase.run("DELETE FROM provider_storage WHERE provider_name = '" + name + "'");
    }

    private static ProbeReport report(ProbeReport.Outcome outcome) {
        return new ProbeReport(
                List.of(new ProbeReport.Step("reach", outcome, Duration.ofMillis(1), "")),
                ProbeReport.Measured.NOTHING);
    }

    private HealthLease lease() {
        return result(() -> book.take(id)).orElseThrow();
    }

    /** A look of the schedule. */
    private void look(ProbeReport.Outcome outcome) {
        HealthLease lease = lease();
        assertThat(result(() -> book.settle(lease, report(outcome)))).isTrue();
    }

    /** A look that counts at once. */
    private boolean ask(HealthLease lease, ProbeReport.Outcome outcome) {
        return result(() -> book.settleAsked(lease, report(outcome)));
    }

    private void patch(String body) {
        admin().contentType("application/merge-patch+json")
                .body(body)
                .patch(PROVIDERS + "/" + name)
                .then()
                .statusCode(200);
    }

    private void delete() {
        admin().delete(PROVIDERS + "/" + name).then().statusCode(200);
    }

    private ProviderChanged event(long version, StoreHealth health) {
        return new ProviderChanged(1, uuid, name, version, ProviderStatus.ACTIVE, health);
    }

    private List<Optional<ProviderChanged>> told() {
        return new ProviderTopic(broker).told(uuid);
    }

    private void drain() {
        result(relay::drain);
    }

    private static long waiting() {
        return RegistryDatabase.number("SELECT count(*) FROM provider_outbox");
    }

    private long rowSays(String health) {
        return RegistryDatabase.number("SELECT count(*) FROM provider_storage WHERE provider_uuid = '" + uuid
                + "' AND health_status = '" + health + "'");
    }

    private static <T> T result(Supplier<Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(work);
        } catch (Throwable failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void everyChangeIsToldOnceAndInItsOrderAmongThoseOfTheSettings() {
        for (int looks = 0; looks < 4; looks++) {
            look(ProbeReport.Outcome.FAILED);
        }
        patch("{\"displayName\":\"Papers\"}");
        for (int looks = 0; looks < 3; looks++) {
            look(ProbeReport.Outcome.OK);
        }
        delete();
        assertThat(waiting()).isEqualTo(5);

        drain();

        assertThat(told())
                .containsExactly(
                        Optional.of(event(1, StoreHealth.HEALTHY)),
                        Optional.of(event(1, StoreHealth.DEGRADED)),
                        Optional.of(event(1, StoreHealth.UNHEALTHY)),
                        Optional.of(event(2, StoreHealth.UNHEALTHY)),
                        Optional.of(event(2, StoreHealth.HEALTHY)),
                        Optional.empty());
        assertThat(waiting()).isZero();
    }

    @Test
    void whatNobodyHasLookedAtIsUnknownUntilSomebodyDoes() {
        RegistryDatabase.run("UPDATE provider_storage SET health_status = NULL WHERE id = " + id);
        patch("{\"displayName\":\"Papers\"}");
        look(ProbeReport.Outcome.OK);
        drain();

        assertThat(told())
                .containsExactly(
                        Optional.of(event(1, StoreHealth.HEALTHY)),
                        Optional.of(event(2, StoreHealth.UNKNOWN)),
                        Optional.of(event(2, StoreHealth.HEALTHY)));
    }

    /** What a deletion told is the last word, or the topic would remember a provider that is gone. */
    @Test
    void aLookThatCountsNoMoreTellsNothing() {
        HealthLease older = lease();
        HealthLease newer = lease();
        assertThat(ask(older, ProbeReport.Outcome.FAILED)).isFalse();
        assertThat(waiting()).isZero();
        delete();
        assertThat(ask(newer, ProbeReport.Outcome.FAILED)).isFalse();

        drain();

        assertThat(told()).containsExactly(Optional.of(event(1, StoreHealth.HEALTHY)), Optional.empty());
    }

    @Test
    void aChangeThatCannotBeNotedIsNotMade() {
        HealthLease lease = lease();
        RegistryDatabase.run("ALTER TABLE provider_outbox ADD CONSTRAINT shut CHECK (false) NOT VALID");
        try {
            assertThatThrownBy(() -> ask(lease, ProbeReport.Outcome.FAILED)).hasMessageContaining("shut");
        } finally {
            RegistryDatabase.run("ALTER TABLE provider_outbox DROP CONSTRAINT shut");
        }

        assertThat(rowSays("healthy")).isEqualTo(1);
        assertThat(ask(lease, ProbeReport.Outcome.FAILED)).isTrue();
        assertThat(waiting()).isEqualTo(1);
    }

    /** A transaction that fails at its very end takes with it whatever it has noted. */
    @Test
    void aChangeThatIsNotMadeIsNotTold() {
        HealthLease lease = lease();
        RegistryDatabase.run("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN RAISE EXCEPTION ''not committed''; END'");
        RegistryDatabase.run("CREATE CONSTRAINT TRIGGER refuse AFTER UPDATE ON provider_storage"
                + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()");
        try {
            assertThatThrownBy(() -> ask(lease, ProbeReport.Outcome.FAILED)).hasMessageContaining("not committed");
        } finally {
            RegistryDatabase.run("DROP TRIGGER refuse ON provider_storage");
            RegistryDatabase.run("DROP FUNCTION refuse");
        }

        assertThat(waiting()).isZero();
        assertThat(rowSays("healthy")).isEqualTo(1);
    }

    /** Whoever comes late is told to come late: its note has the version, and the place, behind the change that it had to wait for. */
    @Test
    void aChangeOfHealthIsToldBehindTheChangeOfSettingsThatItWaitedFor() throws SQLException {
        HealthLease lease = lease();
        CompletableFuture<Boolean> settled;
        try (Connection other = RegistryDatabase.connect();
                Statement changing = other.createStatement()) {
            other.setAutoCommit(false);
            boolean unused = changing.execute("SELECT FROM provider_storage WHERE id = " + id + " FOR UPDATE");
            settled = CompletableFuture.supplyAsync(() -> ask(lease, ProbeReport.Outcome.FAILED));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(waitingForTheRow()).isEqualTo(1));
            assertThat(changing.executeUpdate("UPDATE provider_storage SET version = 2 WHERE id = " + id))
                    .isEqualTo(1);
            assertThat(changing.executeUpdate(
                            "INSERT INTO provider_outbox (provider_uuid, provider_name, provider_version, status, health_status, deleted)"
                                    + " SELECT provider_uuid, provider_name, version, status, health_status, false"
                                    + " FROM provider_storage WHERE id = " + id))
                    .isEqualTo(1);
            other.commit();
        }
        assertThat(settled.join()).isTrue();

        drain();

        assertThat(told())
                .containsExactly(
                        Optional.of(event(1, StoreHealth.HEALTHY)),
                        Optional.of(event(2, StoreHealth.HEALTHY)),
                        Optional.of(event(2, StoreHealth.UNHEALTHY)));
    }

    private static long waitingForTheRow() {
        return RegistryDatabase.number("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND wait_event_type = 'Lock' AND query LIKE '%provider_storage%'");
    }

    /** The lease was taken without the lock of the row, so it may know less than the row. */
    @Test
    void whatTheRowSaysDecidesWhetherItIsAChange() {
        HealthLease lease = lease();
        RegistryDatabase.run("UPDATE provider_storage SET health_status = 'degraded' WHERE id = " + id);

        assertThat(ask(lease, ProbeReport.Outcome.OK)).isTrue();

        drain();
        assertThat(told())
                .containsExactly(
                        Optional.of(event(1, StoreHealth.HEALTHY)), Optional.of(event(1, StoreHealth.HEALTHY)));
    }
}
