package io.hermes.worker.held;

import io.hermes.contract.event.Heartbeat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** How quick this worker is, between one measurement and the next. */
final class Pace {

    /** What was measured over less says nothing. */
    private static final long SHORTEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoClock;
    private final LongAdder documents = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private long since;
    private Heartbeat.Throughput last = new Heartbeat.Throughput(0, 0);

    Pace() {
        this(System::nanoTime);
    }

    Pace(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.since = nanoClock.getAsLong();
    }

    void read(long count) {
        bytes.add(count);
    }

    void ended() {
        documents.increment();
    }

    /** Since the measurement before; that one again if it is less than a second old. */
    synchronized Heartbeat.Throughput measure() {
        long now = nanoClock.getAsLong();
        if (now - since >= SHORTEST_NANOS) {
            double seconds = (now - since) / (double) TimeUnit.SECONDS.toNanos(1);
            last = new Heartbeat.Throughput(documents.sumThenReset() / seconds, bytes.sumThenReset() / seconds);
            since = now;
        }
        return last;
    }
}
