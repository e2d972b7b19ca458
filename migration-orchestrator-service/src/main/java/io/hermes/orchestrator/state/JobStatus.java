package io.hermes.orchestrator.state;

import java.util.Locale;

/** Where a job stands (SPEC §1.5). */
public enum JobStatus {
    /** Created, not started. */
    PENDING,
    /** Planned and transferred. */
    RUNNING,
    /** Nothing new is dispatched; may be resumed. */
    PAUSED,
    /** Every document has ended one way or another; the outcome says which. */
    COMPLETED,
    /** Ended by an error of the job as a whole. */
    FAILED,
    /** Ended by its user. */
    CANCELLED;

    /** Reads the word used in the database. */
    public static JobStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The word used in JSON and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the job has ended. */
    public boolean terminal() {
        return switch (this) {
            case PENDING, RUNNING, PAUSED -> false;
            case COMPLETED, FAILED, CANCELLED -> true;
        };
    }
}
