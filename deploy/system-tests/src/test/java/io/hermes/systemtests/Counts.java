package io.hermes.systemtests;

/**
 * How many documents of the job are in each state, said by one of two witnesses: the counters of its progress row, or its items.
 *
 * @param total of the progress row: what was scanned; of the items: how many there are
 */
record Counts(long total, long pending, long inProgress, long migrated, long failed, long skipped) {

    boolean addUp() {
        return total == pending + inProgress + migrated + failed + skipped;
    }

    long closed() {
        return migrated + failed + skipped;
    }
}
