package io.hermes.edge.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.contract.provider.BudgetLease;
import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.edge.EdgeProfile;
import io.hermes.edge.testing.RegistryStandIn;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.StorageException;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The stores of a provider with limits, over a real HTTP route to whoever leases its budget. */
@QuarkusTest
@TestProfile(EdgeProfile.class)
class BudgetsTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int REQUESTS = 11;
    /** At five a second the eleventh goes out two seconds after the first. */
    private static final Duration LEAST = Duration.ofMillis(1_900);

    @Inject
    Stores stores;

    @Inject
    Budgets budgets;

    @Inject
    RegistryClient registry;

    @Inject
    StoreFactories factories;

    @Inject
    RegistrySettings settings;

    private final UUID uuid = UUID.randomUUID();

    private ResolvedProvider provider(long version, boolean limited) {
        return new ResolvedProvider(
                1,
                uuid,
                "p-" + uuid,
                "memory",
                version,
                ProviderStatus.ACTIVE,
                true,
                Map.of("name", "v" + version),
                Map.of(),
                null,
                limited);
    }

    private OpenStore open() {
        return stores.open(uuid).await().atMost(LIMIT);
    }

    private static Duration timeOf(int requests, DocumentStore store) {
        long start = System.nanoTime();
        Uni.join()
                .all(IntStream.range(0, requests)
                        .mapToObj(number -> store.stat(new DocumentKey("none"))
                                .onFailure(StorageException.class)
                                .recoverWithNull())
                        .toList())
                .andFailFast()
                .await()
                .atMost(LIMIT);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void aProviderIsAskedWithinItsLeaseWhicheverStoreOfItIsOpen() {
        RegistryStandIn.grant(uuid, new BudgetLease(5.0, null, 60_000));
        RegistryStandIn.put(provider(1, true));

        assertThat(timeOf(REQUESTS, open().store())).isGreaterThan(LEAST);
        assertThat(RegistryStandIn.budget(uuid, budgets.holder())).startsWith("PUT");

        RegistryStandIn.put(provider(2, true));
        await().atMost(LIMIT).until(() -> open().provider().version() == 2);
        assertThat(timeOf(REQUESTS, open().store())).isGreaterThan(LEAST);
    }

    @Test
    void limitsThatAreTakenAwayHoldNobodyBack() {
        RegistryStandIn.grant(uuid, new BudgetLease(5.0, 1_000.0, 60_000));
        RegistryStandIn.put(provider(1, true));
        assertThat(timeOf(2, open().store())).isPositive();
        assertThat(budgets.paceOf(provider(1, true)).isFree()).isFalse();

        RegistryStandIn.put(provider(2, false));

        await().atMost(LIMIT).until(() -> open().provider().version() == 2);
        assertThat(budgets.paceOf(provider(2, false)).isFree()).isTrue();
    }

    @Test
    void sharesAreGivenBackAtTheEnd() {
        RegistryStandIn.grant(uuid, new BudgetLease(5.0, null, 60_000));
        RegistryStandIn.put(provider(1, true));
        Budgets ending = new Budgets(registry, factories, settings);
        ending.paceOf(provider(1, true))
                .request()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        assertThat(RegistryStandIn.budget(uuid, ending.holder())).startsWith("PUT");

        ending.giveBack(null);

        assertThat(RegistryStandIn.budget(uuid, ending.holder())).startsWith("DELETE");
    }
}
