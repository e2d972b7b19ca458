package io.hermes.worker.testing;

import io.hermes.storage.DocumentStore;
import io.hermes.storage.StoreFactory;
import io.hermes.storage.StoreSettings;
import io.hermes.storage.memory.MemoryStoreFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Memory stores between which and their callers a test may put a fault. Type {@code faulty}. */
@ApplicationScoped
public class FaultyStoreFactory implements StoreFactory {

    private final MemoryStoreFactory memory;
    private final Map<UUID, UnaryOperator<DocumentStore>> faults = new ConcurrentHashMap<>();

    FaultyStoreFactory(MemoryStoreFactory memory) {
        this.memory = memory;
    }

    /** From its opening on, the provider's store is what the fault makes of it. */
    public void put(UUID provider, UnaryOperator<DocumentStore> fault) {
        faults.put(provider, fault);
    }

    /** The store without its fault. */
    public DocumentStore sound(UUID provider) {
        return memory.open(
                new StoreSettings(provider, "sound", "memory", true, Map.of(), Map.of(), java.util.Optional.empty()));
    }

    @Override
    public String type() {
        return "faulty";
    }

    @Override
    public String schema() {
        return memory.schema();
    }

    @Override
    public Set<String> secretKeys() {
        return Set.of();
    }

    @Override
    public List<SettingProblem> validate(StoreSettings settings) {
        return memory.validate(settings);
    }

    @Override
    public DocumentStore openValid(StoreSettings settings) {
        return faults.getOrDefault(settings.providerUuid(), UnaryOperator.identity())
                .apply(memory.open(settings));
    }
}
