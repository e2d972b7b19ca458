package io.hermes.storage.s3;

import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Ends one exchange when its patience is at an end. One timer at a time, set again for as long as there is progress. */
final class Watchdog {

    private final Exchange exchange;
    private final CompletableFuture<Void> done;
    private final ScheduledExecutorService timers;
    private final Executor executor;
    private Future<?> timer = CompletableFuture.completedFuture(null);

    /** @param executor where a failure is told, since readers may take their time over it */
    Watchdog(Exchange exchange, CompletableFuture<Void> done, ScheduledExecutorService timers, Executor executor) {
        this.exchange = exchange;
        this.done = done;
        this.timers = timers;
        this.executor = executor;
    }

    void start() {
        look();
        CompletableFuture<Void> unused = done.whenComplete((nothing, failure) -> stop());
    }

    private synchronized void look() {
        if (done.isDone()) {
            return;
        }
        long left = exchange.nanosLeft();
        try {
            if (left > 0) {
                timer = timers.schedule(this::look, left, TimeUnit.NANOSECONDS);
            } else {
                executor.execute(this::giveUp);
            }
        } catch (RejectedExecutionException closing) {
            // The clients are being closed, and with them every connection.
        }
    }

    private synchronized void stop() {
        timer.cancel(false);
    }

    private void giveUp() {
        SocketTimeoutException silent = new SocketTimeoutException("no progress within the idle time-out");
        exchange.onError(silent);
        // Closes the connection.
        done.completeExceptionally(silent);
    }
}
