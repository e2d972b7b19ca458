package io.hermes.storage;

import java.time.Duration;
import java.util.List;

/**
 * What a probe found.
 *
 * @param steps in the order tried; the first failed one usually explains the rest
 * @param measured what the store was seen to do; everything absent if the depth was {@link ProbeDepth#REACH}
 */
public record ProbeReport(List<Step> steps, Measured measured) {

    public ProbeReport {
        steps = List.copyOf(steps);
    }

    /** Whether every step that was tried went well. */
    public boolean healthy() {
        return steps.stream().allMatch(step -> step.outcome() != Outcome.FAILED);
    }

    /** How a step ended. */
    public enum Outcome {
        OK,
        FAILED,
        SKIPPED
    }

    /**
     * One thing tried.
     *
     * @param name a stable word: {@code reach}, {@code write}, {@code conditional_put}, …
     * @param outcome how it ended
     * @param took how long it took
     * @param hint what to do about it, empty when it went well; never holds what the store answered
     */
    public record Step(String name, Outcome outcome, Duration took, String hint) {}

    /** Behaviour that was seen, not assumed. The same facts as the contract's {@code MeasuredCapabilities}. */
    public record Measured(
            boolean conditionalPut,
            boolean conditionalReplace,
            boolean conditionalDelete,
            boolean refusesWrongBytes,
            boolean versions,
            boolean tags,
            boolean userMetadata) {

        /** Nothing was tried. */
        public static final Measured NOTHING = new Measured(false, false, false, false, false, false, false);
    }
}
