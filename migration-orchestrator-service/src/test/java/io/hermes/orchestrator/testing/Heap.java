package io.hermes.orchestrator.testing;

/** The memory of this process, of service and test together. */
public final class Heap {

    private Heap() {}

    /** Bytes of what is still reachable. */
    public static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
