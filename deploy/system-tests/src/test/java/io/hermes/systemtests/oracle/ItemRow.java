package io.hermes.systemtests.oracle;

import java.util.Set;

/** What the database says about one document. Nullable columns are shown as the empty word. */
public record ItemRow(
        long id,
        String key,
        String status,
        String reason,
        int epoch,
        int attempts,
        String sourceHash,
        String destHash,
        String destKey,
        String destRevision,
        String errorCode) {

    private static final Set<String> TERMINAL = Set.of("completed", "failed", "skipped");

    boolean isClosed() {
        return TERMINAL.contains(status);
    }

    boolean isProven() {
        return !sourceHash.isEmpty() && sourceHash.equals(destHash);
    }
}
