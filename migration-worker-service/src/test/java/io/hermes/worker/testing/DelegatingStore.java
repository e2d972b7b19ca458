package io.hermes.worker.testing;

import io.hermes.storage.Capabilities;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.Precondition;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.ProbeReport;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.RevisionPage;
import io.hermes.storage.RevisionRequest;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Uni;

/** A real store with something that a test puts between it and its caller, by overriding. */
public class DelegatingStore implements DocumentStore {

    protected final DocumentStore store;

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
    public Uni<ProbeReport> probe(ProbeDepth depth) {
        return store.probe(depth);
    }

    @Override
    public void close() {
        store.close();
    }
}
