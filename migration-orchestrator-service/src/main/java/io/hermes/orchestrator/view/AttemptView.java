package io.hermes.orchestrator.view;

import java.time.Instant;

/**
 * An attempt that ended badly.
 *
 * @param epoch the dispatch it belonged to
 * @param outcome {@code failed}, {@code deferred} or {@code lost}
 */
public record AttemptView(
        int epoch,
        int attempt,
        String workerId,
        String outcome,
        String errorCode,
        String errorMessage,
        Long durationMs,
        Instant endedAt) {}
