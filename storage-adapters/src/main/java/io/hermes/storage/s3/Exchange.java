package io.hermes.storage.s3;

import io.hermes.storage.Pace;
import io.hermes.storage.s3.Patience.Turn;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;

/** One request and its answer under watch: knows whose move it is and since when. */
final class Exchange implements SdkAsyncHttpResponseHandler {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final SdkAsyncHttpResponseHandler handler;
    private final Patience patience;
    private final Pace pace;
    private final long sentAt;
    private final AtomicBoolean failed = new AtomicBoolean();
    private Turn turn = Turn.CONNECTION;
    private long demand;
    private long since = System.nanoTime();

    /** @param pace told that the request goes out, and of an answer that asks for fewer */
    Exchange(SdkAsyncHttpResponseHandler handler, Patience patience, Pace pace) {
        this.handler = handler;
        this.patience = patience;
        this.pace = pace;
        this.sentAt = pace.sent();
    }

    /** How long it may still stand as it does. */
    synchronized long nanosLeft() {
        return patience.of(turn).toNanos() - (System.nanoTime() - since);
    }

    /** The network has taken a piece of the request. */
    synchronized void onProgress() {
        if (turn != Turn.READER) {
            turn = Turn.STORE;
        }
        since = System.nanoTime();
    }

    private synchronized void onDemand(long more) {
        demand = demand + more < 0 ? Long.MAX_VALUE : demand + more;
        turn = Turn.STORE;
        since = System.nanoTime();
    }

    private synchronized void onPiece() {
        demand = demand == Long.MAX_VALUE ? demand : demand - 1;
        turn = demand == 0 ? Turn.READER : Turn.STORE;
        since = System.nanoTime();
    }

    private synchronized void onBody() {
        turn = Turn.READER;
        since = System.nanoTime();
    }

    @Override
    public void onHeaders(SdkHttpResponse headers) {
        onProgress();
        if (asksForFewer(headers.statusCode())) {
            pace.throttled(sentAt, S3Errors.retryAfter(headers));
        }
        handler.onHeaders(headers);
    }

    /** The body would tell 503 SlowDown from an outage, but not every answer has one, and an outage is no time for haste either. */
    private static boolean asksForFewer(int status) {
        return status == TOO_MANY_REQUESTS || status == SERVICE_UNAVAILABLE;
    }

    @Override
    public void onStream(Publisher<ByteBuffer> body) {
        onBody();
        handler.onStream(reader -> body.subscribe(new Watched(reader)));
    }

    @Override
    public void onError(Throwable failure) {
        if (failed.compareAndSet(false, true)) {
            handler.onError(failure);
        }
    }

    /** The answer's body on its way to its reader. */
    private final class Watched implements Subscriber<ByteBuffer> {
        private final Subscriber<? super ByteBuffer> reader;

        private Watched(Subscriber<? super ByteBuffer> reader) {
            this.reader = reader;
        }

        @Override
        public void onSubscribe(Subscription body) {
            reader.onSubscribe(new Subscription() {
                @Override
                public void request(long more) {
                    onDemand(more);
                    body.request(more);
                }

                @Override
                public void cancel() {
                    body.cancel();
                }
            });
        }

        @Override
        public void onNext(ByteBuffer piece) {
            onPiece();
            reader.onNext(piece);
        }

        @Override
        public void onError(Throwable failure) {
            reader.onError(failure);
        }

        @Override
        public void onComplete() {
            reader.onComplete();
        }
    }
}
