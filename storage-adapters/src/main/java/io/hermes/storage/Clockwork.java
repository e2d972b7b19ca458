package io.hermes.storage;

import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The time by which a provider is paced. Tests bring one that they turn by hand. */
public interface Clockwork {

    /** In nanoseconds. */
    long MILLISECOND = 1_000_000;

    /** Nanoseconds since some moment; only differences mean anything. */
    long nanoTime();

    /** Runs the task this much later, at once for nothing, on a thread that may work but is nobody's event loop. */
    void after(long nanos, Runnable task);

    /** The machine's time, and Mutiny's worker threads. */
    static Clockwork system() {
        return new Clockwork() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public void after(long nanos, Runnable task) {
                ScheduledExecutorService workers = Infrastructure.getDefaultWorkerPool();
                try {
                    if (nanos <= 0) {
                        workers.execute(task);
                    } else {
                        // Quarkus knows no timer of less than a millisecond, and lets one that an event loop asks for
                        // run on that loop.
                        Future<?> unused = workers.schedule(
                                () -> after(0, task), Math.ceilDiv(nanos, MILLISECOND), TimeUnit.MILLISECONDS);
                    }
                } catch (RejectedExecutionException ending) {
                    // The process ends, and with it whoever waits.
                }
            }
        };
    }
}
