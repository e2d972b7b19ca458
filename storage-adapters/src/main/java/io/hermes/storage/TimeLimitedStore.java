package io.hermes.storage;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Ends every call that takes longer than its limit with {@link ErrorKind#TIMEOUT}, and cancels it. Reading the bytes of an open
 * document has no limit of its own: how fast they are asked for is the reader's affair, and each adapter watches its own connection.
 *
 * <p>Of a provider with a limit, the time for which its requests wait for their turn is nobody's delay and does not count.
 */
final class TimeLimitedStore extends DelegatingStore {

    private final TimeLimits limits;
    private final Pace pace;

    TimeLimitedStore(DocumentStore store, TimeLimits limits, Pace pace) {
        super(store);
        this.limits = limits;
        this.pace = pace;
    }

    @Override
    public Uni<ListPage> list(ListRequest request) {
        return limited("list", request.prefix(), store.list(request));
    }

    @Override
    public Uni<DocumentStat> stat(DocumentKey key) {
        return limited("stat", key.value(), store.stat(key));
    }

    @Override
    public Uni<OpenDocument> read(ReadRequest request) {
        return limited("read", request.key().value(), store.read(request));
    }

    @Override
    public Uni<Written> write(WriteRequest request) {
        Duration limit = limits.forBytes(request.content().size());
        return limited("write", request.key().value(), store.write(request), limit);
    }

    @Override
    public Uni<Void> delete(DocumentKey key, Precondition precondition) {
        return limited("delete", key.value(), store.delete(key, precondition));
    }

    @Override
    public Uni<RevisionPage> revisions(RevisionRequest request) {
        return limited("revisions", request.key().value(), store.revisions(request));
    }

    @Override
    public Uni<Revision> restore(DocumentKey key, Revision revision, Precondition precondition) {
        return limited("restore", key.value(), store.restore(key, revision, precondition));
    }

    @Override
    public Uni<Void> keepForever(DocumentKey key, Revision revision) {
        return limited("keepForever", key.value(), store.keepForever(key, revision));
    }

    @Override
    public Uni<ProbeReport> probe(ProbeDepth depth) {
        return limited("probe", depth.name(), store.probe(depth));
    }

    private <T> Uni<T> limited(String operation, String key, Uni<T> call) {
        return limited(operation, key, call, limits.answer());
    }

    private <T> Uni<T> limited(String operation, String key, Uni<T> call, Duration limit) {
        Supplier<StorageException> late = () -> new StorageException(
                ErrorKind.TIMEOUT, operation, key, "the store gave no answer within " + limit.toSeconds() + " s");
        return pace.isFree()
                ? call.ifNoItem().after(limit).failWith(late)
                : Uni.createFrom()
                        .deferred(() -> Uni.join()
                                .first(call, expiry(limit, pace.stoppedNanos(), late))
                                .toTerminate());
    }

    /** Fails when the limit is over, and with it the time for which the provider's requests were kept waiting meanwhile. */
    private <T> Uni<T> expiry(Duration limit, long stoppedBefore, Supplier<StorageException> late) {
        return Uni.createFrom().voidItem().onItem().delayIt().by(limit).chain(() -> {
            long stopped = pace.stoppedNanos();
            return stopped > stoppedBefore
                    ? expiry(Duration.ofNanos(stopped - stoppedBefore), stopped, late)
                    : Uni.createFrom().failure(late::get);
        });
    }
}
