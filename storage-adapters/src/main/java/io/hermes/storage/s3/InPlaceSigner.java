package io.hermes.storage.s3;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignerProperty;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Signs a body where it lies. The SDK's signer of asynchronous requests copies every body while it hashes it, and sends the copy: as much
 * memory again for every document and part in flight. Its signer of synchronous requests only reads, and signs likewise. It reads what is
 * then sent, so a body must give the same bytes each time: all of ours are in memory.
 */
final class InPlaceSigner implements AwsV4HttpSigner {

    /** All that the SDK says about a request to S3. */
    private static final List<SignerProperty<?>> SAID = List.of(
            REGION_NAME,
            SERVICE_SIGNING_NAME,
            DOUBLE_URL_ENCODE,
            NORMALIZE_PATH,
            AUTH_LOCATION,
            EXPIRATION_DURATION,
            PAYLOAD_SIGNING_ENABLED,
            CHUNK_ENCODING_ENABLED,
            CHECKSUM_ALGORITHM,
            HttpSigner.SIGNING_CLOCK);

    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    @Override
    public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
        return signer.sign(request);
    }

    @Override
    public CompletableFuture<AsyncSignedRequest> signAsync(AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
        return request.payload()
                .map(body -> Bytes.of(body).thenApply(bytes -> signed(request, body, bytes)))
                .orElseGet(() -> signer.signAsync(request));
    }

    private AsyncSignedRequest signed(
            AsyncSignRequest<? extends AwsCredentialsIdentity> request,
            Publisher<ByteBuffer> body,
            ContentStreamProvider bytes) {
        SignRequest.Builder<AwsCredentialsIdentity> sign = SignRequest.<AwsCredentialsIdentity>builder(
                        request.identity())
                .request(request.request())
                .payload(bytes);
        SAID.forEach(property -> take(property, request, sign));
        return AsyncSignedRequest.builder()
                .request(signer.sign(sign.build()).request())
                .payload(body)
                .build();
    }

    private static <T> void take(SignerProperty<T> property, AsyncSignRequest<?> from, SignRequest.Builder<?> to) {
        T value = from.property(property);
        if (value != null) {
            to.putProperty(property, value);
        }
    }

    /** The buffers of a body, without their bytes. */
    private static final class Bytes implements Subscriber<ByteBuffer> {

        private final List<ByteBuffer> buffers = new ArrayList<>();
        private final CompletableFuture<ContentStreamProvider> all = new CompletableFuture<>();

        static CompletableFuture<ContentStreamProvider> of(Publisher<ByteBuffer> body) {
            Bytes bytes = new Bytes();
            body.subscribe(bytes);
            return bytes.all;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer buffer) {
            buffers.add(buffer);
        }

        @Override
        public void onError(Throwable failure) {
            all.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            all.complete(() ->
                    new BufferStream(buffers.stream().map(ByteBuffer::duplicate).iterator()));
        }
    }
}
