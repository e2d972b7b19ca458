package io.hermes.systemtests.oracle;

/** How many bytes of the job's documents are in each state, said by the same two witnesses. */
record Bytes(long total, long open, long migrated, long failed, long skipped) {

    boolean addUp() {
        return total == open + migrated + failed + skipped;
    }
}
