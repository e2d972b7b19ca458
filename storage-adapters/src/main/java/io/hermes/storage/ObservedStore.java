package io.hermes.storage;

import io.hermes.storage.StoreObserver.Call;
import io.hermes.storage.StoreObserver.Ending;
import io.hermes.storage.StoreObserver.Operation;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;

/** Tells an observer of every call, once per subscription. */
final class ObservedStore extends DelegatingStore {

    private final String provider;
    private final String type;
    private final StoreObserver observer;

    ObservedStore(DocumentStore store, StoreSettings settings, StoreObserver observer) {
        super(store);
        this.provider = settings.providerName();
        this.type = settings.type();
        this.observer = observer;
    }

    @Override
    public Uni<ListPage> list(ListRequest request) {
        return observed(Operation.LIST, store.list(request));
    }

    @Override
    public Uni<DocumentStat> stat(DocumentKey key) {
        return observed(Operation.STAT, store.stat(key));
    }

    @Override
    public Uni<OpenDocument> read(ReadRequest request) {
        return observed(Operation.READ, store.read(request));
    }

    @Override
    public Uni<Written> write(WriteRequest request) {
        return observed(Operation.WRITE, store.write(request));
    }

    @Override
    public Uni<Void> delete(DocumentKey key, Precondition precondition) {
        return observed(Operation.DELETE, store.delete(key, precondition));
    }

    @Override
    public Uni<RevisionPage> revisions(RevisionRequest request) {
        return observed(Operation.REVISIONS, store.revisions(request));
    }

    @Override
    public Uni<Revision> restore(DocumentKey key, Revision revision, Precondition precondition) {
        return observed(Operation.RESTORE, store.restore(key, revision, precondition));
    }

    @Override
    public Uni<Void> keepForever(DocumentKey key, Revision revision) {
        return observed(Operation.KEEP_FOREVER, store.keepForever(key, revision));
    }

    @Override
    public Uni<ProbeReport> probe(ProbeDepth depth) {
        return observed(Operation.PROBE, store.probe(depth));
    }

    private <T> Uni<T> observed(Operation operation, Uni<T> call) {
        return Uni.createFrom().deferred(() -> {
            long start = System.nanoTime();
            return call.onTermination()
                    .invoke((answer, failure, cancelled) -> observer.ended(new Call(
                            provider,
                            type,
                            operation,
                            ending(failure, cancelled),
                            Optional.ofNullable(failure).map(ObservedStore::kind),
                            Duration.ofNanos(System.nanoTime() - start))));
        });
    }

    private static Ending ending(Throwable failure, boolean cancelled) {
        if (cancelled) {
            return Ending.CANCELLED;
        }
        return failure == null ? Ending.ANSWERED : Ending.FAILED;
    }

    private static ErrorKind kind(Throwable failure) {
        return failure instanceof StorageException known ? known.kind() : ErrorKind.INTERNAL;
    }
}
