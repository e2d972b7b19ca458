package io.hermes.storage.s3;

import io.smallrye.mutiny.Multi;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/**
 * A request's body in small pieces. The HTTP client asks for more when the network has taken what it has, so asking is progress; and
 * it copies each piece into memory outside the heap, which one piece of many mebibytes would need at once.
 *
 * @param body as the SDK hands it on
 * @param progress told whenever the network has taken something
 */
record SentBody(SdkHttpContentPublisher body, Runnable progress) implements SdkHttpContentPublisher {

    private static final int PIECE = 32 * 1024;

    @Override
    public Optional<Long> contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> client) {
        if (contentLength().filter(length -> length <= PIECE).isPresent()) {
            body.subscribe(new Heard(client, progress));
        } else {
            subscribeToPieces(client);
        }
    }

    private void subscribeToPieces(Subscriber<? super ByteBuffer> client) {
        Multi<ByteBuffer> pieces = Multi.createFrom()
                .<ByteBuffer>publisher(FlowAdapters.toFlowPublisher(body))
                .onItem()
                .transformToMultiAndConcatenate(buffer -> Multi.createFrom().items(() -> cut(buffer)))
                .onRequest()
                .invoke(more -> progress.run());
        FlowAdapters.toPublisher(pieces).subscribe(client);
    }

    private static Stream<ByteBuffer> cut(ByteBuffer buffer) {
        int count = Math.max(1, Math.ceilDiv(buffer.remaining(), PIECE));
        return IntStream.range(0, count).mapToObj(number -> {
            int from = number * PIECE;
            return buffer.slice(buffer.position() + from, Math.min(PIECE, buffer.remaining() - from));
        });
    }

    /** A short body as it is; only what is asked for is heard. */
    private record Heard(Subscriber<? super ByteBuffer> client, Runnable progress) implements Subscriber<ByteBuffer> {

        @Override
        public void onSubscribe(Subscription bytes) {
            client.onSubscribe(new Subscription() {
                @Override
                public void request(long more) {
                    progress.run();
                    bytes.request(more);
                }

                @Override
                public void cancel() {
                    bytes.cancel();
                }
            });
        }

        @Override
        public void onNext(ByteBuffer piece) {
            client.onNext(piece);
        }

        @Override
        public void onError(Throwable failure) {
            client.onError(failure);
        }

        @Override
        public void onComplete() {
            client.onComplete();
        }
    }
}
