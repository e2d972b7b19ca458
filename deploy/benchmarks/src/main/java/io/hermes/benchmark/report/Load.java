package io.hermes.benchmark.report;

/**
 * The control plane alone.
 *
 * @param items that passed
 * @param seconds from the order to start until the job had ended
 */
public record Load(int items, double seconds) {

    /** Items a second. */
    public double rate() {
        return items / seconds;
    }
}
