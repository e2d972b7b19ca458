package io.hermes.storage.s3;

import io.hermes.storage.ContentHash;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.reactivestreams.Subscriber;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/**
 * A body whose SHA-256 is known before it is sent, so that {@link KnownHashSigner} need not read it.
 *
 * @param bytes the body
 * @param hash of all of it
 */
record HashedBody(AsyncRequestBody bytes, ContentHash hash) implements AsyncRequestBody {

    static HashedBody of(ByteBuffer bytes, ContentHash hash) {
        return new HashedBody(AsyncRequestBody.fromRemainingByteBufferUnsafe(bytes), hash);
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
