package io.hermes.storage;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /** Whether nothing but the store itself decided what was seen: no step was cut off by an outage. */
    public boolean conclusive() {
        return steps.stream().flatMap(step -> step.failure().stream()).noneMatch(ErrorKind::outage);
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
     * @param failure what kind of failure stood in its way, absent where the store just does not have it
     */
    public record Step(String name, Outcome outcome, Duration took, String hint, Optional<ErrorKind> failure) {

        /** A step that ended without a failure. */
        public Step(String name, Outcome outcome, Duration took, String hint) {
            this(name, outcome, took, hint, Optional.empty());
        }
    }

    /**
     * Behaviour that was seen, not assumed. The same facts as the contract's {@code MeasuredCapabilities}.
     *
     * @param seen the features that the store was seen to have
     */
    public record Measured(Set<Feature> seen) {

        /** Nothing was tried. */
        public static final Measured NOTHING = new Measured(Set.of());

        public Measured {
            seen = Set.copyOf(seen);
        }

        /** Whether the store was seen to have this feature. */
        public boolean saw(Feature feature) {
            return seen.contains(feature);
        }
    }
}
