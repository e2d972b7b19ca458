package io.hermes.storage.s3;

import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Multi;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;

/** A body on its way, counted against its announced size. Demand goes through to the socket; cancelling closes the connection. */
final class BodyStream {

    private final String key;
    private final long size;
    private final BreakableBody body;
    private final AtomicLong received = new AtomicLong();
    private final AtomicBoolean taken = new AtomicBoolean();

    BodyStream(String key, long size, Publisher<ByteBuffer> body) {
        this.key = key;
        this.size = size;
        this.body = new BreakableBody(body);
    }

    Multi<ByteBuffer> bytes() {
        return Multi.createFrom().deferred(this::take);
    }

    private Multi<ByteBuffer> take() {
        if (!taken.compareAndSet(false, true)) {
            return Multi.createFrom()
                    .failure(new StorageException(ErrorKind.INTERNAL, "read", key, "a body can be read only once"));
        }
        return Multi.createFrom()
                .publisher(FlowAdapters.toFlowPublisher(body))
                .onItem()
                .invoke(this::count)
                .onCompletion()
                .invoke(this::checkLength)
                .onFailure()
                .transform(failure -> S3Errors.of("read", key, failure));
    }

    private void count(ByteBuffer piece) {
        if (received.addAndGet(piece.remaining()) > size) {
            throw otherLength();
        }
    }

    private void checkLength() {
        if (received.get() != size) {
            throw otherLength();
        }
    }

    private StorageException otherLength() {
        return new StorageException(
                ErrorKind.CONTENT_TRUNCATED, "read", key, "the body has another length than announced");
    }

    /** The connection broke; only the request heard of it. */
    void breakOff(Throwable failure) {
        body.breakOff(failure);
    }

    void discard() {
        if (taken.compareAndSet(false, true)) {
            body.subscribe(new ContentReceiver.Cancelling());
        }
    }
}
