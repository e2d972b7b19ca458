package io.hermes.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hermes.contract.provider.BudgetLease;
import io.hermes.contract.provider.BudgetRequest;
import io.hermes.contract.provider.ClaimRelease;
import io.hermes.contract.provider.ClaimRequest;
import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.edge.registry.ClaimRefused;
import io.hermes.edge.registry.OpenStore;
import io.hermes.edge.registry.ProviderUnknown;
import io.hermes.edge.registry.RegistryClient;
import io.hermes.edge.registry.RegistryUnavailable;
import io.hermes.edge.registry.Stores;
import io.hermes.edge.testing.RegistryStandIn;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Feature;
import io.hermes.storage.StorageException;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(EdgeProfile.class)
class StoresTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Inject
    Stores stores;

    @Inject
    RegistryClient registry;

    private final UUID uuid = UUID.randomUUID();

    private ResolvedProvider provider(long version, String type, ProviderStatus status) {
        return new ResolvedProvider(
                1,
                uuid,
                "p-" + uuid,
                type,
                version,
                status,
                true,
                Map.of("name", "v" + version),
                Map.of(),
                null,
                false);
    }

    private OpenStore open() {
        return stores.open(uuid).await().atMost(LIMIT);
    }

    @AfterEach
    void up() {
        RegistryStandIn.down(false);
    }

    @Test
    void aProviderIsFoundByNumberUuidAndName() {
        RegistryStandIn.put(provider(1, "memory", ProviderStatus.ACTIVE));
        for (String ref : List.of("1", uuid.toString(), "p-" + uuid)) {
            assertThat(registry.provider(ref).await().atMost(LIMIT).providerUuid())
                    .isEqualTo(uuid);
        }
        assertThatThrownBy(() -> registry.provider("nobody").await().atMost(LIMIT))
                .isInstanceOf(ProviderUnknown.class);
    }

    @Test
    void aHundredCallersShareOneRequestAndOneStore() {
        RegistryStandIn.put(provider(1, "memory", ProviderStatus.ACTIVE));
        int before = RegistryStandIn.providerAnswers();

        List<OpenStore> opened = Uni.join()
                .all(IntStream.range(0, 100)
                        .mapToObj(caller -> stores.open(uuid))
                        .toList())
                .andFailFast()
                .await()
                .atMost(LIMIT);

        assertThat(opened).allMatch(store -> store.store() == opened.get(0).store());
        assertThat(RegistryStandIn.providerAnswers() - before).isEqualTo(1);
    }

    @Test
    void aNewVersionIsOpenedAndAnUnchangedOneKept() {
        RegistryStandIn.put(provider(1, "memory", ProviderStatus.ACTIVE));
        OpenStore first = open();
        int answers = RegistryStandIn.providerAnswers();
        await().during(Duration.ofSeconds(1))
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(open().store()).isSameAs(first.store()));
        assertThat(RegistryStandIn.providerAnswers()).isEqualTo(answers);

        RegistryStandIn.put(provider(2, "memory", ProviderStatus.ACTIVE));

        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(open().provider().version()).isEqualTo(2);
            assertThat(open().store()).isNotSameAs(first.store());
        });
    }

    @Test
    void aSecretThatChangesWithoutAVersionIsNoticedAndNothingElseReopens() {
        RegistryStandIn.putUntagged(withSecret("one"));
        OpenStore first = open();
        int answers = RegistryStandIn.providerAnswers();
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(open().store()).isSameAs(first.store());
            assertThat(RegistryStandIn.providerAnswers()).isGreaterThan(answers);
        });

        RegistryStandIn.putUntagged(withSecret("two"));

        await().atMost(LIMIT).untilAsserted(() -> assertThat(open().store()).isNotSameAs(first.store()));
    }

    private ResolvedProvider withSecret(String secret) {
        return new ResolvedProvider(
                1,
                uuid,
                "p-" + uuid,
                "local",
                1,
                ProviderStatus.ACTIVE,
                true,
                Map.of("base_path", "/srv/documents"),
                Map.of("smtp.password", secret),
                null,
                false);
    }

    @Test
    void aDisabledProviderIsAnOutageUntilItIsEnabled() {
        RegistryStandIn.put(provider(1, "memory", ProviderStatus.DISABLED));
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        StorageException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.UNAVAILABLE))
                .hasMessageContaining("disabled");

        RegistryStandIn.put(provider(2, "memory", ProviderStatus.READONLY));

        await().atMost(LIMIT)
                .ignoreExceptionsMatching(StorageException.class::isInstance)
                .untilAsserted(() -> assertThat(open().provider().version()).isEqualTo(2));
        assertThat(open().store().capabilities().has(Feature.WRITE)).isFalse();
    }

    @Test
    void whatIsOpenIsServedWhileTheRegistryIsDown() {
        RegistryStandIn.put(provider(1, "memory", ProviderStatus.ACTIVE));
        OpenStore first = open();
        RegistryStandIn.down(true);
        await().during(Duration.ofSeconds(1))
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(open().store()).isSameAs(first.store()));
        assertThatThrownBy(() -> stores.open(UUID.randomUUID()).await().atMost(LIMIT))
                .isInstanceOf(RegistryUnavailable.class);
    }

    @Test
    void aProviderThatIsGoneIsNotServedForLong() {
        ResolvedProvider provider = provider(1, "memory", ProviderStatus.ACTIVE);
        RegistryStandIn.put(provider);
        assertThat(open().provider().version()).isEqualTo(1);
        RegistryStandIn.remove(provider);
        await().atMost(LIMIT).untilAsserted(() -> assertThatThrownBy(this::open).isInstanceOf(ProviderUnknown.class));
    }

    @Test
    void aTypeThatNobodyKnowsIsSaid() {
        RegistryStandIn.put(provider(1, "nfs", ProviderStatus.ACTIVE));
        assertThatThrownBy(this::open).isInstanceOf(StorageException.class).hasMessageContaining("memory");
    }

    @Test
    void aShareOfABudgetIsLeasedAndGivenBack() {
        UUID holder = UUID.randomUUID();
        RegistryStandIn.put(provider(1, "memory", ProviderStatus.ACTIVE));
        BudgetRequest need = new BudgetRequest(12.5, 1_048_576);

        assertThat(registry.lease(uuid, holder, need).await().atMost(LIMIT))
                .isEqualTo(new BudgetLease(null, null, 60_000));
        assertThat(RegistryStandIn.budget(uuid, holder)).startsWith("PUT").contains("12.5", "1048576");
        RegistryStandIn.grant(uuid, new BudgetLease(5.0, null, 6000));
        assertThat(registry.lease(uuid, holder, need).await().atMost(LIMIT))
                .isEqualTo(new BudgetLease(5.0, null, 6000));
        registry.giveBack(uuid, holder).await().atMost(LIMIT);
        assertThat(RegistryStandIn.budget(uuid, holder)).startsWith("DELETE");
        assertThatThrownBy(() ->
                        registry.lease(UUID.randomUUID(), holder, need).await().atMost(LIMIT))
                .isInstanceOf(ProviderUnknown.class);
        RegistryStandIn.down(true);
        assertThatThrownBy(() -> registry.lease(uuid, holder, need).await().atMost(LIMIT))
                .isInstanceOf(RegistryUnavailable.class);
    }

    @Test
    void claimsAreMadeRefusedAndReleased() {
        UUID job = UUID.randomUUID();
        ClaimRequest destination = new ClaimRequest(ClaimRequest.Role.DESTINATION, "q3");
        RegistryStandIn.put(provider(1, "memory", ProviderStatus.ACTIVE));
        registry.claim(uuid, job, destination).await().atMost(LIMIT);
        assertThat(RegistryStandIn.claim(uuid, job)).startsWith("PUT").contains("\"destination\"", "q3");
        registry.release(uuid, job, new ClaimRelease(3, 40)).await().atMost(LIMIT);
        assertThat(RegistryStandIn.claim(uuid, job)).startsWith("DELETE").contains("40");
        RegistryStandIn.put(provider(2, "memory", ProviderStatus.READONLY));
        assertThatThrownBy(() -> registry.claim(uuid, job, destination).await().atMost(LIMIT))
                .isInstanceOfSatisfying(
                        ClaimRefused.class,
                        refused -> assertThat(refused.code()).isEqualTo("PROVIDER_NOT_WRITABLE"));
        RegistryStandIn.down(true);
        assertThatThrownBy(() -> registry.claim(uuid, job, destination).await().atMost(LIMIT))
                .isInstanceOf(RegistryUnavailable.class);
    }
}
