package io.hermes.registry.provider;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * The last scan of a store, or the one that is under way.
 *
 * @param state how it stands
 * @param startedAt when it began, by the database's clock
 * @param endedAt when it ended; {@code null} before that, and of one that was broken off
 * @param documents documents that it has counted so far
 * @param bytes their size
 * @param others names that it met which cannot be documents
 * @param hint what to do; empty when all is well
 */
public record ScanView(
        State state, Instant startedAt, Instant endedAt, long documents, long bytes, long others, String hint) {

    /** How a scan stands. */
    public enum State {
        /** It counts. */
        @JsonProperty("running")
        RUNNING,

        /** It has counted everything. */
        @JsonProperty("counted")
        COUNTED,

        /** The store could not be listed to the end; the counters are as they were. */
        @JsonProperty("failed")
        FAILED,

        /** The provider's settings were changed meanwhile, so that it counted something else. */
        @JsonProperty("dropped")
        DROPPED,

        /** Whoever ran it has gone; the counters are as they were. */
        @JsonProperty("interrupted")
        INTERRUPTED
    }
}
