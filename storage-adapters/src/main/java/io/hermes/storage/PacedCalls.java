package io.hermes.storage;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** Gives every call its turn as one request: for stores that do not count their requests themselves. */
final class PacedCalls extends DelegatingStore {

    private final Pace pace;

    PacedCalls(DocumentStore store, Pace pace) {
        super(store);
        this.pace = pace;
    }

    @Override
    public Uni<ListPage> list(ListRequest request) {
        return inTurn(() -> store.list(request));
    }

    @Override
    public Uni<DocumentStat> stat(DocumentKey key) {
        return inTurn(() -> store.stat(key));
    }

    @Override
    public Uni<OpenDocument> read(ReadRequest request) {
        return inTurn(() -> store.read(request));
    }

    @Override
    public Uni<Written> write(WriteRequest request) {
        return inTurn(() -> store.write(request));
    }

    @Override
    public Uni<Void> delete(DocumentKey key, Precondition precondition) {
        return inTurn(() -> store.delete(key, precondition));
    }

    @Override
    public Uni<RevisionPage> revisions(RevisionRequest request) {
        return inTurn(() -> store.revisions(request));
    }

    @Override
    public Uni<Revision> restore(DocumentKey key, Revision revision, Precondition precondition) {
        return inTurn(() -> store.restore(key, revision, precondition));
    }

    @Override
    public Uni<Void> keepForever(DocumentKey key, Revision revision) {
        return inTurn(() -> store.keepForever(key, revision));
    }

    @Override
    public Uni<ProbeReport> probe(ProbeDepth depth) {
        return inTurn(() -> store.probe(depth));
    }

    private <T> Uni<T> inTurn(Supplier<Uni<T>> call) {
        return pace.isFree()
                ? call.get()
                : Uni.createFrom()
                        .completionStage(pace::request)
                        .invoke(pace::sent)
                        .chain(call::get);
    }
}
