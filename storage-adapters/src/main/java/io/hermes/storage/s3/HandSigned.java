package io.hermes.storage.s3;

import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Puts an object with a signature over one body and another body behind it. The SDK cannot be made to do that: its signer computes
 * the hash from what it sends.
 *
 * @param bucket where
 * @param lease HTTP client and credentials
 */
record HandSigned(S3Bucket bucket, S3Clients.Lease lease) {

    /**
     * Sends {@code sent} under the signature of {@code signed}; both have the same length. A query makes it one part of an object.
     *
     * @return the HTTP status
     */
    Uni<Integer> put(String object, Map<String, String> query, byte[] signed, byte[] sent) {
        return bucket.ask(
                "probe",
                bucket.name(),
                () -> lease.credentials()
                        .resolveIdentity()
                        .thenCompose(identity -> send(sign(identity, object, query, signed), sent)));
    }

    private SdkHttpRequest sign(
            AwsCredentialsIdentity identity, String object, Map<String, String> query, byte[] signed) {
        URI url = URI.create(bucket.s3()
                .utilities()
                .getUrl(get -> get.bucket(bucket.name()).key(object))
                .toString());
        SdkHttpFullRequest.Builder plain = SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.PUT)
                .uri(url)
                .putHeader("Content-Length", Integer.toString(signed.length));
        query.forEach(plain::putRawQueryParameter);
        return AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(identity)
                        .request(plain.build())
                        .payload(ContentStreamProvider.fromByteArray(signed))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(
                                AwsV4HttpSigner.REGION_NAME, bucket.config().region())
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                        .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, true)
                        .putProperty(AwsV4HttpSigner.CHUNK_ENCODING_ENABLED, false))
                .request();
    }

    private CompletableFuture<Integer> send(SdkHttpRequest request, byte[] sent) {
        StatusOnly status = new StatusOnly();
        AsyncExecuteRequest execute = AsyncExecuteRequest.builder()
                .request(request)
                .requestContentPublisher(new Body(AsyncRequestBody.fromBytes(sent)))
                .responseHandler(status)
                .build();
        return lease.http().execute(execute).thenApply(done -> status.code.get());
    }

    /** A body in the form that the HTTP client takes. */
    private record Body(AsyncRequestBody bytes) implements SdkHttpContentPublisher {
        @Override
        public Optional<Long> contentLength() {
            return bytes.contentLength();
        }

        @Override
        public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
            bytes.subscribe(subscriber);
        }
    }

    /** Keeps the status and drops the rest. */
    private static final class StatusOnly implements SdkAsyncHttpResponseHandler {
        private final AtomicInteger code = new AtomicInteger();

        @Override
        public void onHeaders(SdkHttpResponse headers) {
            code.set(headers.statusCode());
        }

        @Override
        public void onStream(Publisher<ByteBuffer> body) {
            // To its end, so that the connection can be used again.
            var unused = SdkPublisher.adapt(body).subscribe(ignored -> {});
        }

        @Override
        public void onError(Throwable failure) {
            // Reported by the client's future as well.
        }
    }
}
