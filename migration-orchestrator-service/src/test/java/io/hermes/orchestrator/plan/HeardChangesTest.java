package io.hermes.orchestrator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.contract.provider.StoreHealth;
import io.hermes.edge.testing.ProviderTopic;
import io.hermes.edge.testing.RegistryStandIn;
import io.hermes.orchestrator.testing.EngineTest;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes of providers, told on their topic to an orchestrator that would not look for them by itself for an hour. */
@QuarkusTest
class HeardChangesTest extends EngineTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String broker;

    @AfterEach
    void up() {
        RegistryStandIn.down(false);
    }

    @Test
    void aJobIsPlannedFromTheSourceAsItIsNow() {
        // Given a source that was opened as it was
        ResolvedProvider source = memoryProvider("source");
        put(source, "old.md", "as it was");
        ResolvedProvider moved = at(source, 2, ProviderStatus.ACTIVE, Map.of("name", "moved-" + UUID.randomUUID()));
        RegistryStandIn.put(moved);
        assertThat(done(stores.open(source.providerUuid())).provider().version())
                .isEqualTo(1);

        // When
        new ProviderTopic(broker).changed(source.providerUuid(), 2, ProviderStatus.ACTIVE);

        // Then
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(
                                done(stores.open(source.providerUuid())).provider())
                        .isEqualTo(moved));
        put(moved, "new.md", "as it is");
        long job = job(source.providerUuid(), UUID.randomUUID(), "dispatch_window = 1");
        start(job);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(
                                texts("SELECT source_provider_id FROM migration_items WHERE migration_job_id = ?", job))
                        .containsExactly("new.md"));
    }

    /** The newest record of a provider may have been written by any release of the registry, and say nothing of health, or what we do not know. */
    @Test
    void whatIsToldOfHealthKeepsNoChangeFromBeingHeard() {
        ResolvedProvider before = memoryProvider("before-health");
        ResolvedProvider after = memoryProvider("new-words");
        for (ResolvedProvider provider : List.of(before, after)) {
            done(stores.open(provider.providerUuid()));
            RegistryStandIn.put(at(provider, 2, ProviderStatus.ACTIVE, Map.of()));
        }
        ProviderTopic topic = new ProviderTopic(broker);

        topic.changed(before.providerUuid(), 1, ProviderStatus.ACTIVE, StoreHealth.UNHEALTHY);
        topic.send(before.providerUuid().toString(), told(before, ""));
        topic.send(after.providerUuid().toString(), told(after, ",\"healthStatus\":\"feverish\",\"healthSince\":7"));

        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(List.of(before, after))
                        .extracting(provider -> done(stores.open(provider.providerUuid()))
                                .provider()
                                .version())
                        .containsExactly(2L, 2L));
    }

    private static byte[] told(ResolvedProvider provider, String health) {
        return ("{\"version\":1,\"providerUuid\":\"" + provider.providerUuid() + "\",\"providerName\":\"p\","
                        + "\"providerVersion\":2,\"status\":\"active\"" + health + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** An outage of the registry is ridden out with what is open; what was told before it to be forbidden is not done. */
    @Test
    void anOutageOfTheRegistryIsRiddenOut() {
        ResolvedProvider kept = memoryProvider("kept");
        ResolvedProvider off = memoryProvider("off");
        put(kept, "a.md", "a");
        put(off, "a.md", "a");
        RegistryStandIn.down(true);
        ProviderTopic topic = new ProviderTopic(broker);

        topic.changed(kept.providerUuid(), 2, ProviderStatus.ACTIVE);
        topic.changed(off.providerUuid(), 2, ProviderStatus.DISABLED);

        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(stores.open(off.providerUuid())
                                .onItem()
                                .transform(open -> "open")
                                .onFailure()
                                .recoverWithItem(Throwable::getMessage)
                                .await()
                                .atMost(LIMIT))
                        .contains("disabled"));
        long job = job(kept.providerUuid(), UUID.randomUUID(), "dispatch_window = 1");
        start(job);
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(
                                texts("SELECT source_provider_id FROM migration_items WHERE migration_job_id = ?", job))
                        .containsExactly("a.md"));
    }

    private static ResolvedProvider at(
            ResolvedProvider provider, long version, ProviderStatus status, Map<String, String> config) {
        return new ResolvedProvider(
                provider.id(),
                provider.providerUuid(),
                provider.providerName(),
                provider.providerType(),
                version,
                status,
                true,
                config,
                Map.of(),
                null,
                false);
    }
}
