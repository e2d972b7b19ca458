package io.hermes.storage.testing;

import java.util.concurrent.atomic.AtomicInteger;

/** A fault in force at a proxy. It counts, so that a test whose fault never happened cannot pass. */
public final class FaultRule {

    private final Requests requests;
    private final Fault fault;
    private final AtomicInteger fired = new AtomicInteger();
    private int met;
    private boolean over;
    private boolean optional;

    FaultRule(Requests requests, Fault fault) {
        this.requests = requests;
        this.fault = fault;
    }

    /** How often the fault has happened. */
    public int fired() {
        return fired.get();
    }

    /** Ends it; what is under way ends as it began. */
    public synchronized void stop() {
        over = true;
    }

    /** Chance decides, so the proxy's end is no failure if it never happened. */
    public synchronized FaultRule orNever() {
        optional = true;
        return this;
    }

    synchronized boolean isOwed() {
        return !optional && fired.get() == 0;
    }

    synchronized boolean hits(ProxiedRequest request) {
        boolean hit = !over && requests.what().test(request) && requests.due().test(++met);
        if (hit) {
            fired.incrementAndGet();
        }
        return hit;
    }

    Fault fault() {
        return fault;
    }

    @Override
    public String toString() {
        return "a rule that met " + met + " requests and fired " + fired + " times";
    }
}
