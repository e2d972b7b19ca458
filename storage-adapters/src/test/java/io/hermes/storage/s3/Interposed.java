package io.hermes.storage.s3;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.s3.DelegatingS3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Request;

/** Stands between the code under test and a real server: notes each request, and may act, change or fail it before it goes out. */
final class Interposed extends DelegatingS3AsyncClient {

    private final List<S3Request> asked = new CopyOnWriteArrayList<>();
    private final boolean inTurn;
    private volatile UnaryOperator<S3Request> before = UnaryOperator.identity();
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    /** @param inTurn sends a request when the one before has been answered, for a server whose requests are not atomic */
    Interposed(S3AsyncClient server, boolean inTurn) {
        super(server);
        this.inTurn = inTurn;
    }

    /** What happens before each request from now on: it returns the request to send, or throws what is to be the answer. */
    void before(UnaryOperator<S3Request> what) {
        asked.clear();
        before = what;
    }

    /** The requests since the last {@link #before}. */
    List<S3Request> asked() {
        return List.copyOf(asked);
    }

    @Override
    @SuppressWarnings("unchecked")
    protected <T extends S3Request, R> CompletableFuture<R> invokeOperation(
            T request, Function<T, CompletableFuture<R>> operation) {
        asked.add(request);
        try {
            T changed = (T) before.apply(request);
            return inTurn ? afterTheLast(() -> operation.apply(changed)) : operation.apply(changed);
        } catch (RuntimeException instead) {
            return CompletableFuture.failedFuture(instead);
        }
    }

    private synchronized <R> CompletableFuture<R> afterTheLast(Supplier<CompletableFuture<R>> operation) {
        CompletableFuture<R> next = last.handle((answer, failure) -> null).thenCompose(turn -> operation.get());
        last = next;
        return next;
    }
}
