package io.hermes.storage.s3;

import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import io.netty.handler.timeout.TimeoutException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Turns whatever the SDK, HTTP or the network reports into an {@link ErrorKind}, once. The sentences are ours: what a server answered
 * never reaches a message, and neither does an exception of the SDK as a cause.
 */
final class S3Errors {

    private static final int MAX_DEPTH = 12;

    private S3Errors() {}

    static StorageException of(String operation, String key, Throwable failure) {
        Throwable current = failure;
        for (int depth = 0; current != null && depth < MAX_DEPTH; depth++) {
            Optional<StorageException> known = known(operation, key, current);
            if (known.isPresent()) {
                return known.get();
            }
            current = current.getCause();
        }
        return new StorageException(
                ErrorKind.INTERNAL,
                operation,
                key,
                "an unexpected " + failure.getClass().getSimpleName());
    }

    /** How often the SDK had tried when it gave up with this failure. */
    static int attempts(Throwable failure) {
        for (Throwable current = failure; current != null; current = current.getCause()) {
            if (current instanceof SdkException sdk && sdk.numAttempts() != null) {
                return sdk.numAttempts();
            }
        }
        return 1;
    }

    /**
     * Whether the request never left: the HTTP client gave it a connection whose last user it had not quite forgotten. That happens
     * when a server answers faster than the client notes that it has sent everything, and only while requests queue for connections
     * (aws-sdk-java-v2 issue 1903). The SDK does not try again by itself, since it takes the failure for a defect of the caller's.
     */
    static boolean neverSent(Throwable failure) {
        for (Throwable current = failure; current != null; current = current.getCause()) {
            if (current instanceof IllegalArgumentException
                    && String.valueOf(current.getMessage()).startsWith("Duplicate handler name")) {
                return true;
            }
        }
        return false;
    }

    /** Whether the SDK compared what it read with the store's checksum of it and found other bytes. It has no exception for that. */
    private static boolean otherBytes(SdkClientException failure) {
        return String.valueOf(failure.getMessage()).startsWith("Data read has a different checksum");
    }

    private static Optional<StorageException> known(String operation, String key, Throwable failure) {
        return switch (failure) {
            case StorageException ours ->
                Optional.of(new StorageException(ours.kind(), operation, key, detail(ours), ours.retryAfter(), null));
            case AwsServiceException answer -> Optional.of(answered(operation, key, answer));
            case TimeoutException silent -> timeout(operation, key);
            case SocketTimeoutException silent -> timeout(operation, key);
            case java.util.concurrent.TimeoutException full -> timeout(operation, key);
            case GuardedChannel.Refused refused ->
                Optional.of(new StorageException(
                        ErrorKind.CONFIG_INVALID,
                        operation,
                        key,
                        "the operator does not allow the address of the endpoint"));
            case SSLException refused ->
                unavailable(operation, key, "the TLS handshake failed; check use_ssl, ca_cert_path and the host name");
            case IOException broken ->
                rootIsMoreTelling(broken)
                        ? Optional.empty()
                        : unavailable(operation, key, "the store cannot be reached or broke the connection");
            case AbortedException ended -> unavailable(operation, key, "the request was ended");
            case CancellationException ended -> unavailable(operation, key, "the request was ended");
            case RejectedExecutionException closed -> unavailable(operation, key, "the store was closed");
            case SdkClientException damaged
            when otherBytes(damaged) ->
                Optional.of(new StorageException(
                        ErrorKind.CONTENT_MISMATCH, operation, key, "the bytes are not those of the store's checksum"));
            case IllegalArgumentException busy
            when neverSent(busy) -> unavailable(operation, key, "the request could not be sent");
            default -> Optional.empty();
        };
    }

    private static boolean rootIsMoreTelling(IOException broken) {
        return broken.getCause() instanceof TimeoutException
                || broken.getCause() instanceof java.util.concurrent.TimeoutException
                || broken.getCause() instanceof IOException;
    }

    /** The sentence of a failure without what it was about. */
    static String detail(StorageException ours) {
        String lead = ours.operation() + " '" + ours.key() + "': ";
        return ours.getMessage().startsWith(lead) ? ours.getMessage().substring(lead.length()) : ours.getMessage();
    }

    private static Optional<StorageException> timeout(String operation, String key) {
        return Optional.of(
                new StorageException(ErrorKind.TIMEOUT, operation, key, "no progress within the provider's timeout"));
    }

    private static Optional<StorageException> unavailable(String operation, String key, String detail) {
        return Optional.of(new StorageException(ErrorKind.UNAVAILABLE, operation, key, detail));
    }

    private static StorageException answered(String operation, String key, AwsServiceException answer) {
        Optional<Duration> retryAfter = retryAfter(answer);
        S3Answer verdict = S3Answer.of(answer.statusCode(), code(answer), retryAfter.isPresent());
        return new StorageException(
                verdict.kind(),
                operation,
                key,
                verdict.sentence() + " (HTTP " + answer.statusCode() + ")",
                retryAfter,
                null);
    }

    private static String code(AwsServiceException answer) {
        boolean named =
                answer.awsErrorDetails() != null && answer.awsErrorDetails().errorCode() != null;
        return named ? answer.awsErrorDetails().errorCode() : "";
    }

    private static Optional<Duration> retryAfter(AwsServiceException answer) {
        if (answer.awsErrorDetails() == null || answer.awsErrorDetails().sdkHttpResponse() == null) {
            return Optional.empty();
        }
        return retryAfter(answer.awsErrorDetails().sdkHttpResponse());
    }

    /** How long a server asks to be left alone. */
    static Optional<Duration> retryAfter(SdkHttpResponse answer) {
        // The other form of the header, a date, is not worth trusting a stranger's clock for.
        return answer.firstMatchingHeader("Retry-After")
                .filter(value -> value.matches("\\d{1,6}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }
}
