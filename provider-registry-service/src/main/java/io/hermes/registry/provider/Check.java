package io.hermes.registry.provider;

import io.hermes.storage.ProbeReport;
import java.util.List;
import java.util.Locale;

/**
 * One thing that was tried at a store.
 *
 * @param name a stable word such as {@code reach} or {@code conditional_put}
 * @param status ok, failed, or skipped: not tried, or a store may do without it
 * @param latencyMs how long it took
 * @param hint what to do, empty when all is well; in our words, never in the store's
 */
public record Check(String name, String status, long latencyMs, String hint) {

    /** What was tried, in order. */
    public static List<Check> of(ProbeReport report) {
        return report.steps().stream().map(Check::of).toList();
    }

    private static Check of(ProbeReport.Step step) {
        return new Check(
                step.name(),
                step.outcome().name().toLowerCase(Locale.ROOT),
                step.took().toMillis(),
                step.hint());
    }
}
