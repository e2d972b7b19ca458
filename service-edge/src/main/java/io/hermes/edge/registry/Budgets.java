package io.hermes.edge.registry;

import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.storage.Clockwork;
import io.hermes.storage.Pace;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** How fast this process asks each provider: one pace for all stores that it ever opens of it. */
@ApplicationScoped
class Budgets {

    private static final Logger LOG = Logger.getLogger(Budgets.class);
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(2);

    private final RegistryClient registry;
    private final StoreFactories factories;
    private final RegistrySettings settings;
    private final UUID holder = UUID.randomUUID();
    private final Map<UUID, Budget> budgets = new ConcurrentHashMap<>();

    Budgets(RegistryClient registry, StoreFactories factories, RegistrySettings settings) {
        this.registry = registry;
        this.factories = factories;
        this.settings = settings;
    }

    /** As whom this process leases. */
    UUID holder() {
        return holder;
    }

    /** The provider's pace, within its budget if it has limits as it was read now. */
    Pace paceOf(ResolvedProvider provider) {
        Budget budget = budgets.computeIfAbsent(provider.providerUuid(), uuid -> budget(provider));
        budget.limited(provider.limited());
        return budget.pace();
    }

    private Budget budget(ResolvedProvider provider) {
        return new Budget(
                factories.pace(provider),
                Clockwork.system(),
                need -> registry.lease(provider.providerUuid(), holder, need),
                settings.grace());
    }

    /** After everything that still asks stores has ended, so that others need not wait until the shares lapse. */
    void giveBack(
            @Observes(notifyObserver = Reception.IF_EXISTS) @Priority(Interceptor.Priority.PLATFORM_AFTER)
                    ShutdownEvent event) {
        List<Uni<Void>> farewells = budgets.entrySet().stream()
                .filter(budget -> budget.getValue().close())
                .map(budget -> registry.giveBack(budget.getKey(), holder))
                .toList();
        if (!farewells.isEmpty()) {
            try {
                Uni.join().all(farewells).andCollectFailures().await().atMost(LONGEST_FAREWELL);
            } catch (RuntimeException unheard) {
                LOG.infof("shares of budgets are left to lapse: %s", unheard.getMessage());
            }
        }
    }
}
