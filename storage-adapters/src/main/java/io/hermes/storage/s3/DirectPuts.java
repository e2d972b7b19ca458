package io.hermes.storage.s3;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.retry.ClockSkew;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.services.s3.DelegatingS3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Sends small documents itself, and leaves everything else to the SDK: its pipeline of interceptors, rules and marshallers takes longer
 * over such a request than all that has to be done for it (ADR 0041). The same bytes go out, under the same signature, over the same HTTP
 * client, as often as the same strategy allows; the answer holds the ETag and the version and no more.
 */
final class DirectPuts extends DelegatingS3AsyncClient {

    private final PlainPut plain;
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
    DirectPuts(
            S3AsyncClient sdk,
            S3Config config,
            SdkAsyncHttpClient http,
            IdentityProvider<? extends AwsCredentialsIdentity> credentials,
            Attempts attempts,
            Executor completions) {
        super(sdk);
        this.plain = PlainPut.into(config, sdk.utilities());
        this.region = config.region();
        this.http = http;
        this.credentials = credentials;
        this.attempts = attempts;
        this.completions = completions;
    }

    @Override
    public CompletableFuture<PutObjectResponse> putObject(PutObjectRequest put, AsyncRequestBody body) {
        Optional<SdkHttpRequest.Builder> request =
                body instanceof HashedBody hashed ? plain.of(put, hashed) : Optional.empty();
        return request.isPresent()
                ? attempts.of(attempt -> attempt(request.get(), (HashedBody) body, attempt))
                : super.putObject(put, body);
    }

    private CompletableFuture<PutObjectResponse> attempt(SdkHttpRequest.Builder unsigned, HashedBody body, int number) {
        SdkHttpRequest request =
                unsigned.putHeader("amz-sdk-request", attempts.describe(number)).build();
        return Turns.after(credentials.resolveIdentity(), identity -> send(request, body, identity));
    }

    private CompletableFuture<PutObjectResponse> send(
            SdkHttpRequest request, HashedBody body, AwsCredentialsIdentity identity) {
        Duration believed = skew;
        PutAnswer answer = new PutAnswer(believed);
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
        CompletableFuture<PutObjectResponse> told = answer.told().whenCompleteAsync(this::onAnswer, completions);
        CompletableFuture<PutObjectResponse> unusedToo = told.whenComplete((nothing, failure) -> {
            // Given up. A connection on which there was an answer, be it a refusal, is left for others.
            if (failure != null && !answer.told().isDone()) {
                done.completeExceptionally(failure);
            }
        });
        return told;
    }

    private void onAnswer(PutObjectResponse ignored, Throwable failure) {
        if (failure instanceof S3Exception refused && refused.isClockSkewException()) {
            skew = ClockSkew.getClockSkew(
                    clock.instant(),
                    ClockSkew.getServerTime(refused.awsErrorDetails().sdkHttpResponse())
                            .orElse(null));
        }
    }
}
