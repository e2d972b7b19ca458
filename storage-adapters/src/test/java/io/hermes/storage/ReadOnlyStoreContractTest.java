package io.hermes.storage;

import io.hermes.storage.contract.AbstractDocumentStoreContract;
import io.hermes.storage.memory.MemoryStoreFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

class ReadOnlyStoreContractTest extends AbstractDocumentStoreContract {

    private final StoreAssembly assembly = new StoreAssembly(List.of(new MemoryStoreFactory()), List.of());

    @Override
    protected DocumentStore open() {
        return assembly.open(settings(false));
    }

    @Override
    public DocumentStore seeder() {
        return assembly.open(settings(true));
    }

    @Override
    public Optional<DocumentStore> reopened() {
        return Optional.of(assembly.open(settings(false)));
    }

    /** The memory store takes none of our own names, so that there is nothing to plant. */
    @Override
    public void plant(String name, byte[] bytes) {}

    private static StoreSettings settings(boolean writable) {
        return new StoreSettings(new UUID(0, 1), "p", "memory", writable, Map.of(), Map.of(), Optional.empty());
    }
}
