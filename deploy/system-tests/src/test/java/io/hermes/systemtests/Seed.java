package io.hermes.systemtests;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What all chance of a run comes from. Printed; {@code -Dhermes.seed=} repeats it: the same documents, victims, pauses and shares, as
 * far as the machine's own timing allows.
 */
record Seed(long value) {

    private static final Seed DRAWN = new Seed(Long.getLong("hermes.seed", System.nanoTime() & 0xffff_ffffL));

    /** The one of this run. */
    static Seed ofRun() {
        return DRAWN;
    }

    /** Another stream of chance for each purpose, so that one more draw here changes nothing there. */
    RandomGenerator of(String purpose) {
        return new SplittableRandom(value * 31 + purpose.hashCode());
    }

    @Override
    public String toString() {
        return "-Dhermes.seed=" + value;
    }
}
