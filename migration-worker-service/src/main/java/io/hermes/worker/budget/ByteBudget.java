package io.hermes.worker.budget;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Bytes that may be in memory at once. First come, first served: a large request is never overtaken by small ones, so it cannot
 * starve. A request larger than the whole budget is cut to it and passes alone. Whoever holds bytes must not ask for more: that is
 * what keeps it free of deadlock.
 */
public final class ByteBudget {

    private final long capacity;
    private final Executor executor;
    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private long used;
    private long peak;

    /**
     * @param capacity in bytes
     * @param executor runs the work of those who had to wait, so that a release never runs somebody else's work
     */
    public ByteBudget(long capacity, Executor executor) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a byte budget has at least one byte");
        }
        this.capacity = capacity;
        this.executor = executor;
    }

    /** Runs the work while holding these bytes; they are free again when it ends, however it ends. */
    public <T> Uni<T> holding(long bytes, Supplier<Uni<T>> work) {
        long need = Math.min(Math.max(bytes, 0), capacity);
        return reserve(need)
                .chain(() ->
                        Uni.createFrom().deferred(work::get).onTermination().invoke(() -> release(need)));
    }

    /** Bytes held at present. */
    public synchronized long used() {
        return used;
    }

    /** Most bytes ever held at once. */
    public synchronized long peak() {
        return peak;
    }

    private Uni<Void> reserve(long need) {
        return Uni.createFrom().emitter(emitter -> {
            if (takeOrQueue(need, emitter)) {
                emitter.complete(null);
            }
        });
    }

    private synchronized boolean takeOrQueue(long need, UniEmitter<? super Void> emitter) {
        if (waiting.isEmpty() && used + need <= capacity) {
            take(need);
            return true;
        }
        waiting.add(new Waiter(need, emitter));
        return false;
    }

    private void release(long need) {
        for (Waiter next : freeAndGrant(need)) {
            executor.execute(() -> next.emitter().complete(null));
        }
    }

    private synchronized List<Waiter> freeAndGrant(long need) {
        used -= need;
        List<Waiter> granted = new ArrayList<>();
        while (!waiting.isEmpty() && used + waiting.peek().need() <= capacity) {
            Waiter next = waiting.poll();
            take(next.need());
            granted.add(next);
        }
        return granted;
    }

    private void take(long need) {
        used += need;
        peak = Math.max(peak, used);
    }

    private record Waiter(long need, UniEmitter<? super Void> emitter) {}
}
