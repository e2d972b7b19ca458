package io.hermes.storage.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An open file as a stream for one subscriber. Nothing is read before it is asked for, and no thread waits for demand. Reading, emitting
 * and closing happen in turn on the executor's threads, never two at a time.
 */
final class FileStream implements Flow.Publisher<ByteBuffer> {

    private final PinnedFile file;
    private final Executor executor;
    private final AtomicBoolean used = new AtomicBoolean();

    FileStream(PinnedFile file, Executor executor) {
        this.file = file;
        this.executor = executor;
    }

    /** Closes the file unless somebody subscribed, who closes it at the end. */
    void discard() {
        if (used.compareAndSet(false, true)) {
            executor.execute(file::close);
        }
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        Reading reading = new Reading(subscriber);
        boolean first = used.compareAndSet(false, true);
        reading.over = !first;
        subscriber.onSubscribe(reading);
        if (first) {
            reading.schedule();
        } else {
            subscriber.onError(file.usedUp());
        }
    }

    private final class Reading implements Flow.Subscription, Runnable {

        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private final AtomicLong demand = new AtomicLong();
        private final AtomicInteger signals = new AtomicInteger();
        private volatile boolean cancelled;
        private boolean over;

        private Reading(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long more) {
            if (more <= 0) {
                cancelled = true;
                subscriber.onError(new IllegalArgumentException("demand is positive"));
            } else {
                demand.accumulateAndGet(more, (old, added) -> old + added < 0 ? Long.MAX_VALUE : old + added);
            }
            schedule();
        }

        @Override
        public void cancel() {
            cancelled = true;
            schedule();
        }

        /** Whoever raises the signals from zero makes a thread look at them; the others have been heard. */
        private void schedule() {
            if (signals.getAndIncrement() == 0) {
                executor.execute(this);
            }
        }

        @Override
        public void run() {
            int heard = 1;
            while (heard != 0) {
                deliver();
                heard = signals.addAndGet(-heard);
            }
        }

        private void deliver() {
            try {
                while (!over && !cancelled && !file.atEnd() && demand.get() > 0) {
                    ByteBuffer piece = file.next();
                    demand.decrementAndGet();
                    subscriber.onNext(piece);
                }
                endIfDone();
            } catch (IOException | RuntimeException failure) {
                over = true;
                file.close();
                subscriber.onError(file.error(failure));
            }
        }

        private void endIfDone() throws IOException {
            if (!over && cancelled) {
                over = true;
                file.close();
            } else if (!over && file.atEnd()) {
                file.requireUnchanged();
                over = true;
                file.close();
                subscriber.onComplete();
            }
        }
    }
}
