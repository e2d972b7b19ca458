package io.hermes.storage;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongToDoubleFunction;

/**
 * Where requests, or bytes, wait for their turn: first come, first served, at a rate that may change meanwhile. Whoever gives up waiting is
 * passed over and takes nothing. No thread waits.
 */
final class Gate {

    /** Whoever would have to stand still for longer is sent away, so that it does not hold what others could use. */
    static final Duration LONGEST_HOLD = Duration.ofSeconds(10);

    /** No timer is more exact, and a thousand turns of a second pass by several at once. */
    private static final long SHORTEST_NANOS = 1_000_000;

    private final String provider;
    private final Clockwork time;
    private final LongToDoubleFunction rate;
    private final Consumer<Duration> waited;
    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private final Bucket bucket;
    private long heldUntil;
    private boolean closed;
    private long alarmAt = Long.MAX_VALUE;
    private long stoppedNanos;
    private long stoppedSince;
    private long lastWait;

    /**
     * @param rate how many pass in a second, given the time
     * @param waited told of every wait that has ended with a turn
     */
    Gate(String provider, Clockwork time, LongToDoubleFunction rate, Consumer<Duration> waited) {
        this.provider = provider;
        this.time = time;
        this.rate = rate;
        this.waited = waited;
        long now = time.nanoTime();
        this.bucket = new Bucket(now);
        this.heldUntil = now;
        this.lastWait = now - Duration.ofDays(1).toNanos();
    }

    /** Somebody who waits for its turn, and what it takes. */
    private record Waiter(CompletableFuture<Void> turn, double amount, long since) {}

    /**
     * A turn of this size. On the caller's thread if it comes at once.
     *
     * @return fails {@link ErrorKind#RATE_LIMITED} if the store wants to be left alone for long, {@link ErrorKind#UNAVAILABLE} once closed
     */
    CompletableFuture<Void> pass(double amount) {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        Optional<StorageException> refusal = enter(turn, amount);
        if (refusal.isPresent()) {
            return CompletableFuture.failedFuture(refusal.get());
        }
        admit(turn);
        if (!turn.isDone()) {
            CompletableFuture<Void> unused = turn.whenComplete((passed, failure) -> {
                if (turn.isCancelled()) {
                    leave(turn);
                }
            });
        }
        return turn;
    }

    /** Whoever comes after is not asked to wait behind somebody who has gone. */
    private synchronized void leave(CompletableFuture<Void> turn) {
        if (waiting.removeIf(waiter -> waiter.turn() == turn) && waiting.isEmpty()) {
            moveOn(time.nanoTime());
        }
    }

    private synchronized Optional<StorageException> enter(CompletableFuture<Void> turn, double amount) {
        long now = time.nanoTime();
        Optional<StorageException> refusal = refusal(now);
        if (refusal.isEmpty()) {
            if (waiting.isEmpty()) {
                stoppedSince = now;
            }
            waiting.add(new Waiter(turn, amount, now));
        }
        return refusal;
    }

    private Optional<StorageException> refusal(long now) {
        if (closed) {
            return Optional.of(StorageException.closed("request", provider));
        }
        // In whole seconds, like the header that it comes from, and never too few.
        Duration left = Duration.ofSeconds(
                Math.ceilDiv(heldUntil - now, Duration.ofSeconds(1).toNanos()));
        return left.compareTo(LONGEST_HOLD) <= 0
                ? Optional.empty()
                : Optional.of(new StorageException(
                        ErrorKind.RATE_LIMITED,
                        "request",
                        provider,
                        "the store is to be left alone for another " + left.toSeconds() + " s",
                        Optional.of(left),
                        null));
    }

    /** Takes without waiting, from those who come next; a negative number gives back. */
    void charge(double amount) {
        synchronized (this) {
            long now = time.nanoTime();
            bucket.rate(rate.applyAsDouble(now), now);
            bucket.take(amount);
        }
        if (amount < 0) {
            admit(null);
        }
    }

    /** Nobody passes for so long from now, whatever the rate. */
    void hold(Duration pause) {
        List<Waiter> refused = new ArrayList<>();
        Optional<StorageException> refusal;
        synchronized (this) {
            long now = time.nanoTime();
            heldUntil = now + Math.max(heldUntil - now, pause.toNanos());
            refusal = refusal(now);
            if (refusal.isPresent()) {
                refused.addAll(takeAll(now));
            }
        }
        refused.forEach(waiter -> fail(waiter, refusal.get()));
    }

    /** Lets those pass whose turn it is; to be called when the rate has changed. */
    void look() {
        admit(null);
    }

    /** Sends everybody away who waits or comes. */
    void close() {
        List<Waiter> refused;
        synchronized (this) {
            closed = true;
            refused = takeAll(time.nanoTime());
        }
        refused.forEach(waiter -> fail(waiter, StorageException.closed("request", provider)));
    }

    private List<Waiter> takeAll(long now) {
        List<Waiter> all = List.copyOf(waiting);
        waiting.clear();
        if (!all.isEmpty()) {
            moveOn(now);
        }
        return all;
    }

    private void fail(Waiter waiter, StorageException why) {
        time.after(0, () -> waiter.turn().completeExceptionally(why));
    }

    /** How much waits at present. */
    synchronized double waitingAmount() {
        return waiting.stream().mapToDouble(Waiter::amount).sum();
    }

    /** Whether somebody waits. */
    synchronized boolean isWaitedAt() {
        return !waiting.isEmpty();
    }

    /** Whether somebody waits, not only just now, or had to within this time. */
    synchronized boolean heldBackWithin(Duration last) {
        long now = time.nanoTime();
        return now - lastWait < last.toNanos()
                || (!waiting.isEmpty() && now - waiting.peek().since() > SHORTEST_NANOS);
    }

    /** Whether nobody passes at present, whatever the rate. */
    synchronized boolean isHeld() {
        return heldUntil - time.nanoTime() > 0;
    }

    /** For how long, all in all, somebody was waiting here. */
    synchronized long stoppedNanos() {
        return waiting.isEmpty() ? stoppedNanos : stoppedNanos + time.nanoTime() - stoppedSince;
    }

    /** @param own the turn of whoever calls, which needs no other thread */
    private void admit(CompletableFuture<Void> own) {
        for (Waiter next : admitted(own)) {
            if (next.turn() == own) {
                own.complete(null);
            } else {
                time.after(0, () -> letPass(next));
            }
        }
    }

    /** What somebody does not take who left in the last moment is there for the next. */
    private void letPass(Waiter waiter) {
        if (!waiter.turn().complete(null)) {
            charge(-waiter.amount());
        }
    }

    private synchronized List<Waiter> admitted(CompletableFuture<Void> own) {
        List<Waiter> admitted = new ArrayList<>();
        long now = time.nanoTime();
        boolean stopped = !waiting.isEmpty();
        bucket.rate(rate.applyAsDouble(now), now);
        while (!waiting.isEmpty() && (waiting.peek().turn().isDone() || mayPass(now))) {
            Waiter next = waiting.poll();
            if (!next.turn().isDone()) {
                bucket.take(next.amount());
                if (next.turn() != own) {
                    lastWait = now;
                    waited.accept(Duration.ofNanos(now - next.since()));
                }
                admitted.add(next);
            }
        }
        if (!waiting.isEmpty()) {
            setAlarm(now);
        } else if (stopped) {
            moveOn(now);
        }
        return admitted;
    }

    private boolean mayPass(long now) {
        return heldUntil - now <= 0 && bucket.ready(now);
    }

    private void moveOn(long now) {
        stoppedNanos += now - stoppedSince;
    }

    /** Looks again when the first may pass, unless that is seen to already. At a rate of nothing a change of it is waited for. */
    private void setAlarm(long now) {
        long untilReady = bucket.nanosUntilReady();
        if (untilReady == Long.MAX_VALUE) {
            return;
        }
        long wait = Math.max(SHORTEST_NANOS, Math.max(untilReady, heldUntil - now));
        if (alarmAt == Long.MAX_VALUE || now + wait - alarmAt < 0) {
            long mine = now + wait;
            alarmAt = mine;
            time.after(wait, () -> ring(mine));
        }
    }

    private void ring(long mine) {
        synchronized (this) {
            if (alarmAt == mine) {
                alarmAt = Long.MAX_VALUE;
            }
        }
        admit(null);
    }
}
