package io.hermes.storage.s3;

import io.hermes.storage.Pace;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import software.amazon.awssdk.services.s3.DelegatingS3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Request;

/** Waits for each request's turn before anything of it is made. Later attempts of the SDK's take their turns in {@link WatchedHttp}. */
final class PacedRequests extends DelegatingS3AsyncClient {

    private final Pace pace;

    PacedRequests(S3AsyncClient client, Pace pace) {
        super(client);
        this.pace = pace;
    }

    @Override
    protected <T extends S3Request, R> CompletableFuture<R> invokeOperation(
            T request, Function<T, CompletableFuture<R>> operation) {
        return pace.isFree() ? operation.apply(request) : Turns.before(pace, () -> operation.apply(request));
    }
}
