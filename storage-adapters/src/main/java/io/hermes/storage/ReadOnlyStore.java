package io.hermes.storage;

import io.smallrye.mutiny.Uni;

/** The guard before a provider that is not writable: it reads as ever, and nothing gets through that would change the store. */
final class ReadOnlyStore extends DelegatingStore {

    private final Capabilities capabilities;

    ReadOnlyStore(DocumentStore store) {
        super(store);
        this.capabilities = store.capabilities().readOnly();
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public Uni<Written> write(WriteRequest request) {
        return refused("write", request.key());
    }

    @Override
    public Uni<Void> delete(DocumentKey key, Precondition precondition) {
        return refused("delete", key);
    }

    @Override
    public Uni<Revision> restore(DocumentKey key, Revision revision, Precondition precondition) {
        return refused("restore", key);
    }

    @Override
    public Uni<Void> keepForever(DocumentKey key, Revision revision) {
        return refused("keepForever", key);
    }

    private static <T> Uni<T> refused(String operation, DocumentKey key) {
        return Uni.createFrom()
                .failure(() -> StorageException.unsupported(
                        operation, key, "the provider is registered as not writable; nothing was changed"));
    }

    /** Only reaches: trying capabilities would write. */
    @Override
    public Uni<ProbeReport> probe(ProbeDepth depth) {
        return store.probe(ProbeDepth.REACH);
    }
}
