package io.hermes.orchestrator.view;

import java.time.Instant;

/**
 * A worker as its heartbeats show it.
 *
 * @param alive it gave a sign of life in the last half minute
 * @param slots documents that it can transfer at once
 * @param inFlight documents that it is transferring
 * @param waiting tasks that wait there for a slot
 * @param draining it takes no more tasks because it is shutting down
 * @param rate documents a second that it brought to an end between its last two heartbeats; 0 unless it is alive
 * @param version of its software, {@code null} if it does not say
 */
public record WorkerView(
        String workerId,
        boolean alive,
        int slots,
        int inFlight,
        int waiting,
        boolean draining,
        double rate,
        Bytes bytes,
        String version,
        Instant firstSeen,
        Instant lastSeen) {

    /**
     * Bytes of documents.
     *
     * @param inFlight read so far of the documents in its hands
     * @param rate read a second, between its last two heartbeats
     */
    public record Bytes(long inFlight, long rate) {}
}
