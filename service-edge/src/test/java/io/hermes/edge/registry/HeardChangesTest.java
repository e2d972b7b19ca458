package io.hermes.edge.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.edge.EdgeProfile;
import io.hermes.edge.testing.RegistryStandIn;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.core.Vertx;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Stores that are told of changes and would not look at the registry by themselves for hours. */
@QuarkusTest
@TestProfile(EdgeProfile.class)
class HeardChangesTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Inject
    RegistryClient registry;

    @Inject
    StoreFactories factories;

    @Inject
    Budgets budgets;

    @Inject
    Vertx vertx;

    private final UUID uuid = UUID.randomUUID();

    private record Settings(Duration recheck) implements RegistrySettings {

        @Override
        public URI url() {
            return URI.create("http://localhost");
        }

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(10);
        }

        @Override
        public Duration grace() {
            return Duration.ofHours(1);
        }
    }

    @AfterEach
    void up() {
        RegistryStandIn.down(false);
    }

    private Stores stores(Duration recheck) {
        return new Stores(registry, factories, budgets, new Settings(recheck), vertx);
    }

    private ResolvedProvider provider(long version, ProviderStatus status) {
        return new ResolvedProvider(
                1,
                uuid,
                "p-" + uuid,
                "memory",
                version,
                status,
                true,
                Map.of("name", "v" + version),
                Map.of(),
                null,
                false);
    }

    private OpenStore open(Stores stores) {
        return stores.open(uuid).await().atMost(LIMIT);
    }

    @Test
    void aChangeIsLookedAtWhenItIsTold() {
        Stores stores = stores(Duration.ofHours(1));
        RegistryStandIn.put(provider(1, ProviderStatus.ACTIVE));
        OpenStore first = open(stores);
        RegistryStandIn.put(provider(2, ProviderStatus.ACTIVE));
        assertThat(open(stores).store()).isSameAs(first.store());

        stores.hear(uuid, new ProviderNews.Changed(2, ProviderStatus.ACTIVE));

        assertThat(open(stores).provider().version()).isEqualTo(2);
        assertThat(open(stores).store()).isNotSameAs(first.store());
        stores.closeAll();
    }

    @Test
    void aDeletedProviderIsGoneAtOnceAndThereIfTheRegistrySaysSo() {
        Stores stores = stores(Duration.ofHours(1));
        ResolvedProvider provider = provider(1, ProviderStatus.ACTIVE);
        RegistryStandIn.put(provider);
        open(stores);

        stores.hear(uuid, new ProviderNews.Deleted());
        assertThat(open(stores).provider().version()).isEqualTo(1);

        RegistryStandIn.remove(provider);
        stores.hear(uuid, new ProviderNews.Deleted());
        assertThatThrownBy(() -> open(stores)).isInstanceOf(ProviderUnknown.class);
        stores.closeAll();
    }

    @Test
    void anOutageIsRiddenOutButNotAgainstAnOrder() {
        Stores stores = stores(Duration.ofMillis(100));
        RegistryStandIn.put(provider(1, ProviderStatus.ACTIVE));
        OpenStore first = open(stores);
        RegistryStandIn.down(true);

        stores.hear(uuid, new ProviderNews.Changed(2, ProviderStatus.ACTIVE));
        assertThat(open(stores).store()).isSameAs(first.store());
        stores.hear(uuid, new ProviderNews.Changed(3, ProviderStatus.DISABLED));
        assertThatThrownBy(() -> open(stores))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.UNAVAILABLE))
                .hasMessageContaining("disabled");

        RegistryStandIn.put(provider(4, ProviderStatus.ACTIVE));
        RegistryStandIn.down(false);
        await().atMost(LIMIT)
                .ignoreExceptionsMatching(StorageException.class::isInstance)
                .untilAsserted(
                        () -> assertThat(open(stores).provider().version()).isEqualTo(4));
        stores.closeAll();
    }

    /** Stores that come and go are told of at the version that is open; the registry must not be asked each time by everybody. */
    @Test
    void aChangeOfHealthAloneAsksNobody() {
        Stores stores = stores(Duration.ofHours(1));
        RegistryStandIn.put(provider(1, ProviderStatus.ACTIVE));
        OpenStore first = open(stores);
        RegistryStandIn.put(provider(2, ProviderStatus.ACTIVE));

        stores.hear(uuid, new ProviderNews.Changed(1, ProviderStatus.ACTIVE));

        assertThat(open(stores)).isSameAs(first);
        stores.closeAll();
    }

    @Test
    void nobodyIsAskedAboutWhatIsNotOpen() {
        Stores stores = stores(Duration.ofHours(1));
        RegistryStandIn.put(provider(1, ProviderStatus.ACTIVE));
        int answers = RegistryStandIn.providerAnswers();

        stores.hear(uuid, new ProviderNews.Changed(1, ProviderStatus.ACTIVE));
        stores.hear(uuid, new ProviderNews.Deleted());

        assertThat(open(stores).provider().version()).isEqualTo(1);
        assertThat(RegistryStandIn.providerAnswers()).isEqualTo(answers + 1);
        stores.closeAll();
    }
}
