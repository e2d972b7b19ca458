package io.hermes.orchestrator.item;

import jakarta.annotation.Nullable;

/**
 * An attempt that ended badly, for the ledger.
 *
 * @param attempt how many attempts had failed, with this one
 * @param outcome {@code failed}, {@code deferred} or {@code lost}
 * @param again whether it is one that will be repeated after a wait; for the metrics, not the ledger
 */
public record Attempt(
        long jobId,
        long itemId,
        int epoch,
        int attempt,
        @Nullable String workerId,
        String outcome,
        @Nullable String code,
        @Nullable String message,
        @Nullable Long durationMillis,
        boolean again) {}
