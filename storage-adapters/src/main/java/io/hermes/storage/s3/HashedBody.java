package io.hermes.storage.s3;

import io.hermes.storage.ContentHash;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.reactivestreams.Subscriber;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/**
 * A body whose SHA-256 is known before it is sent, so that nobody need read it to sign it.
 *
 * @param bytes the body
 * @param hash of all of it
 */
record HashedBody(AsyncRequestBody bytes, ContentHash hash) implements AsyncRequestBody, SdkHttpContentPublisher {

    static HashedBody of(ByteBuffer bytes, ContentHash hash) {
        return new HashedBody(AsyncRequestBody.fromRemainingByteBufferUnsafe(bytes), hash);
    }

    /** Whether it goes out with its headers, without asking the server first. */
    boolean isSmall() {
        return contentLength().filter(SmallBodiesAtOnce::isSmall).isPresent();
    }

    @Override
    public Optional<Long> contentLength() {
        return bytes.contentLength();
    }

    @Override
    public String contentType() {
        return bytes.contentType();
    }

    @Override
    public String body() {
        return bytes.body();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> client) {
        bytes.subscribe(client);
    }
}
