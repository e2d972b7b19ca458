package io.hermes.registry.provider;

import static io.hermes.registry.RegistryProfile.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.contract.provider.BudgetLease;
import io.hermes.edge.registry.Budget;
import io.hermes.registry.RegistryDatabase;
import io.hermes.registry.RegistryProfile;
import io.hermes.storage.Clockwork;
import io.hermes.storage.Pace;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Two processes that never have enough share one limit: the real registry and database, the real holders, the clock on the wall. A slow
 * machine only makes it take longer.
 */
@QuarkusTest
@TestProfile(RegistryProfile.class)
class SharedLimitTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int RATE = 100;
    /** A quarter of a second's, and one more of each. */
    private static final int AT_ONCE = RATE / 4 + 2;

    /** What one may still use of its greater share of before while the answer that lessens it is on its way. */
    private static final int ON_THE_WAY = RATE / 2;

    private static final int ASKERS = 16;
    private static final int TURNS = 150;

    @Inject
    BudgetRows rows;

    private final String name = "shared-" + UUID.randomUUID();
    private UUID provider;
    private long mostGranted;

    @AfterEach
    void nothingLeft() {
        RegistryDatabase.run("DELETE FROM provider_storage WHERE provider_name = '" + name + "'");
    }

    @Test
    void togetherTheyStayWithinItAndEachGetsHalf() {
        // Given one that has all of it
        provider = created();
        Holder one = new Holder();
        Holder other = new Holder();
        one.begin();
        until(() -> one.hasNearly(RATE));

        // When another comes
        other.begin();
        until(() -> one.hasNearly(RATE / 2.0) && other.hasNearly(RATE / 2.0));
        long start = System.nanoTime();
        int before = one.turns.get() + other.turns.get();
        int othersBefore = other.turns.get();
        until(() -> other.turns.get() - othersBefore >= TURNS);

        // Then
        int turns = one.turns.get() + other.turns.get() - before;
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat((double) turns).as("in %s s", seconds).isLessThan(RATE * seconds + AT_ONCE + ON_THE_WAY);

        // And when it goes
        other.end();
        until(() -> one.hasNearly(RATE));
        one.end();
        assertThat(mostGranted).as("thousandths of a request a second").isLessThanOrEqualTo(RATE * 1000);
    }

    private UUID created() {
        return UUID.fromString(admin().contentType(ContentType.JSON)
                .body("{\"providerName\":\"" + name
                        + "\",\"providerType\":\"memory\",\"limits\":{\"requestsPerSecond\":" + RATE + "}}")
                .post("/api/v2/providers")
                .then()
                .statusCode(201)
                .extract()
                .path("providerUuid"));
    }

    /** Looks meanwhile how much is granted. */
    private void until(BooleanSupplier what) {
        await().atMost(PATIENCE).until(() -> {
            mostGranted = Math.max(mostGranted, granted());
            return what.getAsBoolean();
        });
    }

    private long granted() {
        return RegistryDatabase.number(
                "SELECT coalesce(ceil(sum(b.requests) * 1000 - 0.001), 0) FROM provider_budgets b"
                        + " JOIN provider_storage p ON p.id = b.provider_id WHERE p.provider_name = '" + name
                        + "' AND b.lease_until > clock_timestamp()");
    }

    /** A process. */
    private final class Holder {

        private final UUID uuid = UUID.randomUUID();
        private final Budgets registry = new Budgets(rows, new ShortLeases());
        private final Pace pace = new Pace(name, Clockwork.system(), call -> {});
        private final AtomicInteger turns = new AtomicInteger();
        private final Budget budget = new Budget(
                pace,
                Clockwork.system(),
                need -> registry.lease(provider, uuid, need).invoke(this::leased),
                PATIENCE);
        private volatile double share;

        private void leased(BudgetLease lease) {
            share = lease.requestsPerSecond();
        }

        private boolean hasNearly(double perSecond) {
            return Math.abs(share - perSecond) < 1;
        }

        private void begin() {
            budget.limited(true);
            for (int asker = 0; asker < ASKERS; asker++) {
                ask();
            }
        }

        /** Again and again; ends when the budget is closed. */
        private void ask() {
            CompletableFuture<Void> unused = pace.request().thenRun(() -> {
                pace.sent();
                turns.incrementAndGet();
                ask();
            });
        }

        private void end() {
            assertThat(budget.close()).isTrue();
            registry.giveBack(provider, uuid).await().atMost(PATIENCE);
        }
    }

    private record ShortLeases(Duration validity, String purgeInterval) implements BudgetSettings {

        private ShortLeases() {
            this(Duration.ofSeconds(2), "10m");
        }
    }
}
