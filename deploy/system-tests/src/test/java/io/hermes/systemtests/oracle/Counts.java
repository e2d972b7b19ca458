package io.hermes.systemtests.oracle;

/**
 * How many documents of the job are in each state, said by one of two witnesses: the counters of its progress row, or its items.
 *
 * @param total of the progress row: what was scanned; of the items: how many there are
 */
public record Counts(long total, long pending, long inProgress, long migrated, long failed, long skipped) {

    boolean addUp() {
        return total == pending + inProgress + migrated + failed + skipped;
    }

    /** Dispatched or not, begun or not. */
    public long open() {
        return pending + inProgress;
    }

    /** Ended, well or badly. */
    public long closed() {
        return migrated + failed + skipped;
    }
}
