package io.hermes.orchestrator.view;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The specification's words for where a document is (SPEC §0). */
public enum ItemStatus {
    PENDING,
    IN_PROGRESS,
    COMPLETED,
    FAILED,
    SKIPPED;

    /** The word used in JSON and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The words to look for: of one status, or of all. */
    public static String[] words(Optional<ItemStatus> only) {
        return only.map(status -> new String[] {status.word()})
                .orElseGet(() -> Arrays.stream(values()).map(ItemStatus::word).toArray(String[]::new));
    }
}
