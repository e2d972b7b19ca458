package io.hermes.systemtests.oracle;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Everything that was seen to be wrong. */
public final class Findings {

    private static final int KEPT = 40;

    private final List<String> kept = new CopyOnWriteArrayList<>();
    private final AtomicInteger count = new AtomicInteger();

    /** @param invariant its number, such as I8 */
    void add(String invariant, String what) {
        if (count.incrementAndGet() <= KEPT) {
            kept.add(invariant + ": " + what);
        }
    }

    /** A sentence each, the first {@value #KEPT}; empty when nothing was wrong. */
    public List<String> all() {
        return List.copyOf(kept);
    }
}
