package io.hermes.storage;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

/**
 * How fast this process asks one provider, whatever stores are open of it: within what it was given ({@link #limit}), and slower while the
 * store throttles. Of a provider without a limit that does not throttle, every request costs one look at a field.
 *
 * <p>Requests take turns before they are sent, so that no time-out of the store's runs while they wait. Bytes take turns as they flow.
 * The decision is in ADR 0032.
 */
public final class Pace implements AutoCloseable {

    /** One stray refusal in a quiet second says little about what a store allows. */
    private static final double LEAST_CEILING = 10;

    /** Fewer in a second are noise, as are fewer than this part of all: some stores refuse a request now and then, whatever they are asked. */
    private static final double LEAST_REFUSED = 2;

    private static final double LEAST_REFUSED_PART = 0.05;

    private static final Duration OF_LATE = Duration.ofSeconds(1);
    private static final double NANOS = Duration.ofSeconds(1).toNanos();

    private final String provider;
    private final Clockwork time;
    private final StoreObserver observer;
    private final Meter sent;
    private final Meter refused;
    private final LongAdder moved = new LongAdder();
    private final Gate requests;
    private final Gate bytes;
    /** Apart from this object's, which a gate takes while it is locked. */
    private final Object demands = new Object();

    private volatile Runnable wanted = () -> {};
    private volatile Rates limit;
    private volatile boolean free = true;
    private Backoff backoff;
    private long askedAt;
    private long sentBefore;
    private long movedBefore;

    /**
     * A provider without a limit.
     *
     * @param provider its name
     * @param observer told of waits and of throttled answers
     */
    public Pace(String provider, Clockwork time, StoreObserver observer) {
        this.provider = provider;
        this.time = time;
        this.observer = observer;
        this.askedAt = time.nanoTime();
        this.sent = new Meter(askedAt);
        this.refused = new Meter(askedAt);
        this.requests = new Gate(provider, time, this::requestsPerSecond, this::waited);
        this.bytes = new Gate(provider, time, now -> bytesPerSecond(), this::waited);
    }

    /** A pace for itself of a provider that has no limit, observed by nobody. */
    public static Pace unlimited(String provider) {
        return new Pace(provider, Clockwork.system(), call -> {});
    }

    /** Whether requests pass without a turn; then they are only {@linkplain #sent counted}. */
    public boolean isFree() {
        return free;
    }

    /** Whether bytes pass without a turn. */
    public boolean bytesAreFree() {
        return limit == null;
    }

    /**
     * The turn of one request; cancelling gives it up.
     *
     * @return fails {@link ErrorKind#RATE_LIMITED} with {@link StorageException#retryAfter}, without waiting, while the store wants to be
     *     left alone for long
     */
    public CompletableFuture<Void> request() {
        return turn(requests, 1);
    }

    /**
     * The turn of so many bytes; cancelling gives it up. The turn comes when those before it are paid for, so it may be longer than what
     * passes in a second.
     */
    public CompletableFuture<Void> bytes(long count) {
        moved.add(count);
        return turn(bytes, count);
    }

    private CompletableFuture<Void> turn(Gate gate, long amount) {
        CompletableFuture<Void> turn = gate.pass(amount);
        wanted.run();
        return turn;
    }

    /** Bytes that have moved without a turn, or, negative, that had one and did not move. */
    public void moved(long count) {
        moved.add(count);
        bytes.charge(count);
    }

    /**
     * A request goes out now.
     *
     * @return when, for {@link #throttled}
     */
    public long sent() {
        long now = time.nanoTime();
        sent.count(now);
        return now;
    }

    /**
     * The store asks for fewer requests. The provider is asked more slowly if it says for how long, or says so often enough to mean it.
     *
     * @param sentAt when the request was sent that it says so to
     * @param retryAfter for how long it wants no request at all
     */
    public void throttled(long sentAt, Optional<Duration> retryAfter) {
        observer.throttled(provider);
        synchronized (this) {
            long now = time.nanoTime();
            refused.count(now);
            if (retryAfter.isPresent() || isMeant(now)) {
                slowDown(sentAt, now);
                retryAfter.map(pause -> now + pause.toNanos()).ifPresent(backoff::rest);
            }
        }
        retryAfter.ifPresent(requests::hold);
    }

    private boolean isMeant(long now) {
        double refusals = refused.rate(now);
        return refusals >= LEAST_REFUSED && refusals >= LEAST_REFUSED_PART * sent.rate(now);
    }

    private void slowDown(long sentAt, long now) {
        if (backoff == null) {
            backoff = new Backoff(Math.min(Math.max(LEAST_CEILING, sent.rate(now)), allowed()), now);
            free = false;
        } else {
            backoff.throttled(sentAt, now);
        }
    }

    /** From now on, and until the next call, so much passes. */
    public void limit(Rates rates) {
        synchronized (this) {
            limit = rates;
            free = false;
        }
        requests.look();
        bytes.look();
    }

    /** From now on the provider has no limit. */
    public void unlimit() {
        synchronized (this) {
            limit = null;
            free = backoff == null;
        }
        requests.look();
        bytes.look();
    }

    /** Nothing is sent for so long, whatever the limit. */
    public void hold(Duration pause) {
        requests.hold(pause);
    }

    /** Who hears, on the caller's thread, of every turn that was asked for. */
    public void onTurn(Runnable listener) {
        wanted = listener;
    }

    /**
     * What was used since the last call of this, and what waits; where somebody had to wait of late, at least twice what there is.
     *
     * @return per second
     */
    public Rates demand() {
        synchronized (demands) {
            return demand(time.nanoTime());
        }
    }

    private Rates demand(long now) {
        double seconds = Math.max(1, (now - askedAt) / NANOS);
        long sentNow = sent.total();
        long movedNow = Math.max(movedBefore, moved.sum());
        Rates demand = new Rates(
                atLeast(requests, allowed(), (sentNow - sentBefore + requests.waitingAmount()) / seconds),
                atLeast(bytes, bytesPerSecond(), (movedNow - movedBefore) / seconds));
        askedAt = now;
        sentBefore = sentNow;
        movedBefore = movedNow;
        return demand;
    }

    private static double atLeast(Gate gate, double rate, double used) {
        return gate.heldBackWithin(OF_LATE) && !Double.isInfinite(rate) ? Math.max(used, 2 * rate) : used;
    }

    /** Whether anything was sent or moved since the last {@link #demand}, or waits. */
    public boolean isInUse() {
        synchronized (demands) {
            return sent.total() != sentBefore || moved.sum() > movedBefore || isHeldBack();
        }
    }

    /** Whether a request or some bytes wait for their turn. */
    public boolean isHeldBack() {
        return requests.isWaitedAt() || bytes.isWaitedAt();
    }

    /** For how long, all in all, requests or bytes had to wait. */
    long stoppedNanos() {
        return requests.stoppedNanos() + bytes.stoppedNanos();
    }

    private double allowed() {
        Rates now = limit;
        return now == null ? Double.POSITIVE_INFINITY : now.requestsPerSecond();
    }

    private double bytesPerSecond() {
        Rates now = limit;
        return now == null ? Double.POSITIVE_INFINITY : now.bytesPerSecond();
    }

    /** Called by the gate while it is locked. */
    private double requestsPerSecond(long now) {
        synchronized (this) {
            if (backoff != null
                    && !requests.isHeld()
                    && backoff.isOver(allowed(), requests.heldBackWithin(OF_LATE), now)) {
                backoff = null;
                free = limit == null;
            }
            return backoff == null ? allowed() : Math.min(allowed(), backoff.rate(now));
        }
    }

    private void waited(Duration time) {
        observer.waited(provider, time);
    }

    /** Whoever waits or comes is sent away as from a store that was closed. */
    @Override
    public void close() {
        requests.close();
        bytes.close();
    }
}
