package io.hermes.orchestrator.state;

import java.util.Locale;

/** How a job ended. */
public enum Outcome {
    /** No document failed. */
    SUCCESS,
    /** Some documents failed, others are where they belong. */
    PARTIAL,
    /** Every document failed, or the job as a whole did. */
    FAILED,
    /** Its user ended it. */
    CANCELLED;

    /** The word used in JSON and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
