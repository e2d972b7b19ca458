package io.hermes.storage.s3;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/**
 * Tries a request as often as the SDK's strategy allows, for requests that do not go through the SDK.
 *
 * @param strategy decides whether and when there is another attempt
 * @param timers for the time between two
 */
record Attempts(RetryStrategy strategy, ScheduledExecutorService timers) {

    /** As the SDK has it: one budget for all of a client's requests. */
    private static final AcquireInitialTokenRequest FIRST = AcquireInitialTokenRequest.create("GLOBAL");

    /**
     * The first success, or the last failure, which knows how many attempts there were. Cancelling ends the present one.
     *
     * @param attempt sends, and is told which attempt it is, counted from 1
     */
    <R> CompletableFuture<R> of(IntFunction<CompletableFuture<R>> attempt) {
        Call<R> call = new Call<>(attempt);
        call.start();
        return call.answer;
    }

    /** The value of {@code amz-sdk-request}. */
    String describe(int attempt) {
        return "attempt=" + attempt + "; max=" + strategy.maxAttempts();
    }

    /** One request with all its attempts, of which there is one at a time. */
    private final class Call<R> {
        private final CompletableFuture<R> answer = new CompletableFuture<>();
        private final IntFunction<CompletableFuture<R>> attempt;
        private volatile RetryToken token;
        private volatile int number;

        private Call(IntFunction<CompletableFuture<R>> attempt) {
            this.attempt = attempt;
        }

        private void start() {
            token = strategy.acquireInitialToken(FIRST).token();
            send();
        }

        private void send() {
            if (answer.isDone()) {
                return;
            }
            number++;
            CompletableFuture<R> unused = Turns.passingEndOn(answer, sent()).whenComplete((result, failure) -> {
                if (failure == null) {
                    strategy.recordSuccess(RecordSuccessRequest.create(token));
                    answer.complete(result);
                } else {
                    onFailure(failureOf(failure));
                }
            });
        }

        private CompletableFuture<R> sent() {
            try {
                return attempt.apply(number);
            } catch (RuntimeException broken) {
                return CompletableFuture.failedFuture(broken);
            }
        }

        private void onFailure(SdkException failure) {
            try {
                RefreshRetryTokenResponse next = strategy.refreshRetryToken(RefreshRetryTokenRequest.builder()
                        .token(token)
                        .failure(failure)
                        .suggestedDelay(Duration.ZERO)
                        .build());
                token = next.token();
                var unused = timers.schedule(this::send, next.delay().toMillis(), TimeUnit.MILLISECONDS);
            } catch (TokenAcquisitionFailedException over) {
                answer.completeExceptionally(
                        failure.toBuilder().numAttempts(number).build());
            } catch (RuntimeException closed) {
                answer.completeExceptionally(closed);
            }
        }
    }

    private static SdkException failureOf(Throwable failure) {
        return switch (failure) {
            case CompletionException wrapped when wrapped.getCause() != null -> failureOf(wrapped.getCause());
            case SdkException told -> told;
            default -> SdkClientException.create("Unable to send the request", failure);
        };
    }
}
