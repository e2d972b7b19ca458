package io.hermes.systemtests.oracle;

/**
 * Whether a job moves.
 *
 * @param inFlight documents that were handed out and are not reported on
 * @param closed documents that have ended, well or badly
 */
public record Pulse(long inFlight, long closed) {

    /** Of a job that nobody can ask about. */
    public static final Pulse NONE = new Pulse(0, 0);
}
