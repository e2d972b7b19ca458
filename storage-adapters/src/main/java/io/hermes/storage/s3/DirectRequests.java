package io.hermes.storage.s3;

import io.hermes.storage.ContentHash;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.retry.ClockSkew;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.services.s3.DelegatingS3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Sends the two requests that every document needs itself, and leaves everything else to the SDK: its pipeline of interceptors, rules and
 * marshallers takes longer over them than all that has to be done (ADR 0041). The same bytes go out, under the same signature, over the
 * same HTTP client, as often as the same strategy allows. The answers hold what a store needs and no more.
 */
final class DirectRequests extends DelegatingS3AsyncClient {

    private static final ContentHash EMPTY = ContentHash.of(ByteBuffer.allocate(0));
    private static final HashedBody NO_BODY = new HashedBody(AsyncRequestBody.empty(), EMPTY);

    private final PlainRequests plain;
    private final String region;
    private final SdkAsyncHttpClient http;
    private final IdentityProvider<? extends AwsCredentialsIdentity> credentials;
    private final Attempts attempts;
    private final Executor completions;
    private final HeaderSignature signature = new HeaderSignature();
    private final Clock clock = Clock.systemUTC();

    /** How much the clock was seen to be fast; zero until a server said that it is wrong. */
    private volatile Duration skew = Duration.ZERO;

    /** @param completions where answers are told, off the threads of the network */
    DirectRequests(
            S3AsyncClient sdk,
            S3Config config,
            SdkAsyncHttpClient http,
            IdentityProvider<? extends AwsCredentialsIdentity> credentials,
            Attempts attempts,
            Executor completions) {
        super(sdk);
        this.plain = PlainRequests.to(config, sdk.utilities());
        this.region = config.region();
        this.http = http;
        this.credentials = credentials;
        this.attempts = attempts;
        this.completions = completions;
    }

    @Override
    public CompletableFuture<PutObjectResponse> putObject(PutObjectRequest put, AsyncRequestBody body) {
        Optional<SdkHttpRequest.Builder> request =
                body instanceof HashedBody hashed ? plain.put(put, hashed) : Optional.empty();
        return request.isPresent()
                ? call(request.get(), (HashedBody) body, PutAnswer::new)
                : super.putObject(put, body);
    }

    @Override
    public <R> CompletableFuture<R> getObject(
            GetObjectRequest get, AsyncResponseTransformer<GetObjectResponse, R> receiver) {
        Optional<SdkHttpRequest.Builder> request = plain.get(get);
        return request.isPresent()
                ? call(
                        request.get(),
                        NO_BODY,
                        believed -> new GetAnswer<>(receiver, get.checksumMode() != null, believed))
                : super.getObject(get, receiver);
    }

    private <R> CompletableFuture<R> call(
            SdkHttpRequest.Builder unsigned, HashedBody body, Function<Duration, Answer<R>> answer) {
        return attempts.of(number -> {
            SdkHttpRequest request = unsigned.putHeader("amz-sdk-request", attempts.describe(number))
                    .build();
            return Turns.after(credentials.resolveIdentity(), identity -> send(request, body, identity, answer));
        });
    }

    private <R> CompletableFuture<R> send(
            SdkHttpRequest request,
            HashedBody body,
            AwsCredentialsIdentity identity,
            Function<Duration, Answer<R>> reading) {
        Duration believed = skew;
        Answer<R> answer = reading.apply(believed);
        HeaderSignature.Scope scope = new HeaderSignature.Scope(clock.instant().minus(believed), region, "s3");
        CompletableFuture<Void> done = http.execute(AsyncExecuteRequest.builder()
                .request(signature.sign(request, body.hash(), identity, scope))
                .requestContentPublisher(body)
                .responseHandler(answer)
                .build());
        CompletableFuture<Void> unused = done.whenComplete((nothing, failure) -> {
            if (failure != null) {
                answer.onError(failure);
            }
        });
        CompletableFuture<R> told =
                answer.told().whenCompleteAsync((nothing, failure) -> onAnswer(failure), completions);
        CompletableFuture<R> unusedToo = told.whenComplete((nothing, failure) -> {
            // Given up, be it before the answer or behind its head. After a refusal the connection is left for others.
            if (failure != null && !answer.told().isCompletedExceptionally()) {
                done.completeExceptionally(failure);
            }
        });
        return told;
    }

    private void onAnswer(Throwable failure) {
        if (failure instanceof S3Exception refused && refused.isClockSkewException()) {
            skew = ClockSkew.getClockSkew(
                    clock.instant(),
                    ClockSkew.getServerTime(refused.awsErrorDetails().sdkHttpResponse())
                            .orElse(null));
        }
    }
}
