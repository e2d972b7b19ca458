package io.hermes.storage.local;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that block on disks, so that no caller's thread does. A step never waits for another step, for demand or for a network:
 * were it otherwise, a copy between two local stores could wait for itself.
 */
final class LocalWorkers implements Executor {

    /** More than cores, because most of the time is spent waiting for fsync, which file systems batch. */
    private static final int THREADS = Math.max(16, 4 * Runtime.getRuntime().availableProcessors());

    private static final int IDLE_SECONDS = 30;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final ThreadPoolExecutor threads;

    LocalWorkers() {
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), LocalWorkers::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "hermes-local-" + NUMBER.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** Something that may block, and fail as input and output do. */
    interface Step<T> {
        T run() throws Exception;
    }

    /** Runs the step on a thread of ours, once per subscription; every failure becomes a {@code StorageException}. */
    <T> Uni<T> call(String operation, String key, Step<T> step) {
        return Uni.createFrom()
                .emitter(emitter -> threads.execute(() -> {
                    T result;
                    try {
                        result = step.run();
                    } catch (Throwable failure) {
                        // An error too, or whoever waits would wait for ever.
                        emitter.fail(LocalErrors.of(operation, key, failure));
                        return;
                    }
                    emitter.complete(result);
                }));
    }

    @Override
    public void execute(Runnable work) {
        threads.execute(work);
    }
}
