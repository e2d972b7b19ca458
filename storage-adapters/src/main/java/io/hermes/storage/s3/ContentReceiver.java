package io.hermes.storage.s3;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Takes the answer to one GET. A small body is collected before the request counts as answered, so that the SDK's own retry covers
 * it; a large one is handed on as a stream as soon as its headers are there.
 */
final class ContentReceiver implements AsyncResponseTransformer<GetObjectResponse, ContentReceiver.Received> {

    private final String key;
    private final long wholeUpTo;
    private volatile CompletableFuture<Received> result;
    private volatile GetObjectResponse response;
    private volatile BodyStream streaming;

    /**
     * An answer.
     *
     * @param response its headers
     * @param content its body
     * @param discard closes the connection unless the body was consumed
     */
    record Received(GetObjectResponse response, DocumentContent content, Runnable discard) {}

    ContentReceiver(String key, long wholeUpTo) {
        this.key = key;
        this.wholeUpTo = wholeUpTo;
    }

    @Override
    public CompletableFuture<Received> prepare() {
        CompletableFuture<Received> fresh = new CompletableFuture<>();
        result = fresh;
        streaming = null;
        return fresh;
    }

    @Override
    public void onResponse(GetObjectResponse answer) {
        response = answer;
    }

    @Override
    public void onStream(SdkPublisher<ByteBuffer> body) {
        GetObjectResponse answer = response;
        Long size = answer.contentLength();
        if (size == null || size < 0) {
            body.subscribe(new Cancelling());
            exceptionOccurred(new StorageException(ErrorKind.INTERNAL, "read", key, "the store announced no length"));
        } else if (size <= wholeUpTo) {
            body.subscribe(new WholeBody(key, size.intValue(), result, answer));
        } else {
            BodyStream stream = new BodyStream(key, size, body);
            streaming = stream;
            Received received =
                    new Received(answer, new DocumentContent.Streamed(size, stream.bytes()), stream::discard);
            if (!result.complete(received)) {
                stream.discard();
            }
        }
    }

    @Override
    public void exceptionOccurred(Throwable failure) {
        result.completeExceptionally(failure);
        BodyStream handedOn = streaming;
        if (handedOn != null) {
            handedOn.breakOff(failure);
        }
    }

    /** Closes a connection whose body nobody wants. */
    static final class Cancelling implements Subscriber<ByteBuffer> {
        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.cancel();
        }

        @Override
        public void onNext(ByteBuffer ignored) {}

        @Override
        public void onError(Throwable ignored) {}

        @Override
        public void onComplete() {}
    }
}
