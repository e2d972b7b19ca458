package io.hermes.storage;

import io.smallrye.mutiny.Uni;

/** The guard before a provider that is not writable: it reads as ever, and nothing gets through that would change the store. */
final class ReadOnlyStore implements DocumentStore {

    private final DocumentStore store;

    ReadOnlyStore(DocumentStore store) {
        this.store = store;
    }

    @Override
    public Capabilities capabilities() {
        Capabilities all = store.capabilities();
        return new Capabilities(
                false,
                false,
                false,
                false,
                false,
                all.revisions(),
                all.userMetadata(),
                all.hierarchical(),
                all.maxKeyBytes(),
                all.maxDocumentBytes(),
                all.wholeWriteBytes(),
                all.streamBufferBytes());
    }

    @Override
    public Uni<ListPage> list(ListRequest request) {
        return store.list(request);
    }

    @Override
    public Uni<DocumentStat> stat(DocumentKey key) {
        return store.stat(key);
    }

    @Override
    public Uni<OpenDocument> read(ReadRequest request) {
        return store.read(request);
    }

    @Override
    public Uni<Written> write(WriteRequest request) {
        return refused("write", request.key());
    }

    @Override
    public Uni<Void> delete(DocumentKey key, Precondition precondition) {
        return refused("delete", key);
    }

    private static <T> Uni<T> refused(String operation, DocumentKey key) {
        return Uni.createFrom()
                .failure(() -> new StorageException(
                        ErrorKind.UNSUPPORTED,
                        operation,
                        key.value(),
                        "the provider is registered as not writable; nothing was changed"));
    }

    @Override
    public Uni<RevisionPage> revisions(RevisionRequest request) {
        return store.revisions(request);
    }

    /** Only reaches: trying capabilities would write. */
    @Override
    public Uni<ProbeReport> probe(ProbeDepth depth) {
        return store.probe(ProbeDepth.REACH);
    }

    @Override
    public void close() {
        store.close();
    }
}
