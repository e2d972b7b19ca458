package io.hermes.storage.s3;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * A body whose reader also hears of a connection that broke. The SDK's HTTP client tells that to the request, which is answered by
 * then, and not to whoever reads the body: without this, the reader of a truncated body would wait for ever.
 */
final class BreakableBody implements Publisher<ByteBuffer> {

    private final Publisher<ByteBuffer> body;
    private Subscriber<? super ByteBuffer> reader;
    private Throwable failure;
    private boolean ended;

    BreakableBody(Publisher<ByteBuffer> body) {
        this.body = body;
    }

    /** Ends the body with this failure, unless it has ended already. */
    void breakOff(Throwable broken) {
        synchronized (this) {
            failure = broken;
        }
        tellFailure();
    }

    private void tellFailure() {
        Throwable told;
        synchronized (this) {
            told = failure;
            if (told == null || reader == null) {
                return;
            }
        }
        end(to -> to.onError(told));
    }

    private void end(Consumer<Subscriber<? super ByteBuffer>> signal) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        signal.accept(reader);
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        body.subscribe(new Relay(subscriber));
    }

    /** Passes everything on, but at most one ending. */
    private final class Relay implements Subscriber<ByteBuffer> {
        private final Subscriber<? super ByteBuffer> to;

        private Relay(Subscriber<? super ByteBuffer> to) {
            this.to = to;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            synchronized (BreakableBody.this) {
                reader = to;
            }
            to.onSubscribe(subscription);
            tellFailure();
        }

        @Override
        public void onNext(ByteBuffer piece) {
            to.onNext(piece);
        }

        @Override
        public void onError(Throwable broken) {
            end(told -> told.onError(broken));
        }

        @Override
        public void onComplete() {
            end(Subscriber::onComplete);
        }
    }
}
