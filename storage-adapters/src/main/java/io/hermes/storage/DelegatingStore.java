package io.hermes.storage;

import io.smallrye.mutiny.Uni;

/** Passes every call on. The base of whatever is put around a store; closing it closes the store. */
public class DelegatingStore implements DocumentStore {

    protected final DocumentStore store;

    /** Around this store. */
    public DelegatingStore(DocumentStore store) {
        this.store = store;
    }

    @Override
    public Capabilities capabilities() {
        return store.capabilities();
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
        return store.write(request);
    }

    @Override
    public Uni<Void> delete(DocumentKey key, Precondition precondition) {
        return store.delete(key, precondition);
    }

    @Override
    public Uni<RevisionPage> revisions(RevisionRequest request) {
        return store.revisions(request);
    }

    @Override
    public Uni<Revision> restore(DocumentKey key, Revision revision, Precondition precondition) {
        return store.restore(key, revision, precondition);
    }

    @Override
    public Uni<Void> keepForever(DocumentKey key, Revision revision) {
        return store.keepForever(key, revision);
    }

    @Override
    public Uni<ProbeReport> probe(ProbeDepth depth) {
        return store.probe(depth);
    }

    @Override
    public void close() {
        store.close();
    }
}
