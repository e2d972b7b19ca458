package io.hermes.orchestrator.view;

import java.time.Instant;

/**
 * A worker as its heartbeats show it.
 *
 * @param alive it gave a sign of life in the last half minute
 * @param slots documents that it can transfer at once
 * @param draining it takes no more tasks because it is shutting down
 */
public record WorkerView(
        String workerId,
        boolean alive,
        int slots,
        int inFlight,
        int waiting,
        boolean draining,
        Instant firstSeen,
        Instant lastSeen) {}
