package io.hermes.systemtests.oracle;

import java.util.Set;

/**
 * Both witnesses of a job at one moment.
 *
 * @param status of the job
 * @param counters what the progress row says
 * @param items what counting the items says
 */
public record Balance(String status, Counts counters, Counts items, Bytes counterBytes, Bytes itemBytes) {

    private static final Set<String> FINAL = Set.of("completed", "failed", "cancelled");

    boolean holds() {
        return counters.addUp()
                && items.addUp()
                && counters.equals(items)
                && counterBytes.addUp()
                && counterBytes.equals(itemBytes);
    }

    /** Whether the job has ended. */
    public boolean isOver() {
        return FINAL.contains(status);
    }
}
