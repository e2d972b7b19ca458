package io.hermes.storage.s3;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Collects a body into one buffer of exactly the announced size; the buffer of a body that comes in one piece is kept as it is. */
final class WholeBody implements Subscriber<ByteBuffer> {

    private final String key;
    private final int size;
    private final CompletableFuture<ContentReceiver.Received> result;
    private final GetObjectResponse response;
    private Subscription subscription;
    private ByteBuffer collected;
    private boolean filled;
    private long received;

    WholeBody(String key, int size, CompletableFuture<ContentReceiver.Received> result, GetObjectResponse response) {
        this.key = key;
        this.size = size;
        this.result = result;
        this.response = response;
    }

    @Override
    public void onSubscribe(Subscription upstream) {
        subscription = upstream;
        upstream.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer piece) {
        received += piece.remaining();
        if (received > size) {
            subscription.cancel();
            fail();
        } else if (collected == null && piece.remaining() == size) {
            collected = piece;
        } else {
            append(piece);
        }
    }

    private void append(ByteBuffer piece) {
        if (collected == null) {
            collected = ByteBuffer.allocate(size);
            filled = true;
        }
        // Empty pieces may follow a body that came at once and is not ours to write to.
        if (piece.hasRemaining()) {
            collected.put(piece);
        }
    }

    @Override
    public void onError(Throwable failure) {
        result.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        if (received != size) {
            fail();
            return;
        }
        ByteBuffer bytes = collected == null ? ByteBuffer.allocate(0) : collected;
        if (filled) {
            bytes.flip();
        }
        result.complete(new ContentReceiver.Received(response, new DocumentContent.Whole(bytes), () -> {}));
    }

    private void fail() {
        result.completeExceptionally(new StorageException(
                ErrorKind.CONTENT_TRUNCATED, "read", key, "the body has another length than announced"));
    }
}
