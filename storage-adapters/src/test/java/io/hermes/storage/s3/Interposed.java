package io.hermes.storage.s3;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.s3.DelegatingS3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Request;

/** Stands between the code under test and a real server: notes each request, and may act, change or fail it before it goes out. */
final class Interposed extends DelegatingS3AsyncClient {

    private final List<S3Request> asked = new CopyOnWriteArrayList<>();
    private volatile UnaryOperator<S3Request> before = UnaryOperator.identity();

    Interposed(S3AsyncClient server) {
        super(server);
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
            return operation.apply((T) before.apply(request));
        } catch (RuntimeException instead) {
            return CompletableFuture.failedFuture(instead);
        }
    }
}
