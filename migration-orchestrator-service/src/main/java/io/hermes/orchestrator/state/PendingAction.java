package io.hermes.orchestrator.state;

import java.util.Locale;

/** What a job becomes as soon as nothing of it is in flight. While one is set, nothing is dispatched. */
public enum PendingAction {
    CANCEL,
    PAUSE,
    FAIL;

    /** Reads the word used in the database. */
    public static PendingAction of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The word used in JSON and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
