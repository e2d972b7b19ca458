package io.hermes.registry.provider;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.hermes.contract.provider.MeasuredCapabilities;
import io.hermes.storage.ProbeReport;
import io.hermes.storage.ProbeReport.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * Answer of a test of a connection. All words are ours: nothing that a server answered is in it.
 *
 * @param success whether everything went well that a store cannot do without
 * @param error what to do about the first thing that did not, absent if there is none
 * @param latency how long all of it took, in milliseconds
 * @param providerId number, absent for a provider that is not saved
 * @param providerName its name, if it has one
 * @param healthStatus healthy, degraded or unhealthy
 * @param checks every step, in order
 * @param capabilities what was declared, and what was measured where that was tried
 * @param stored whether what was measured is now what is known of the provider, absent for one that is not saved
 * @param testedAt when
 */
public record TestResult(
        boolean success,
        @JsonInclude(JsonInclude.Include.NON_NULL) String error,
        long latency,
        @JsonInclude(JsonInclude.Include.NON_NULL) Long providerId,
        String providerName,
        HealthStatus healthStatus,
        List<Check> checks,
        SortedMap<String, Boolean> capabilities,
        @JsonInclude(JsonInclude.Include.NON_NULL) Boolean stored,
        Instant testedAt) {

    static TestResult of(Provider row, ProbeReport report, MeasuredCapabilities measured, Boolean stored) {
        return new TestResult(
                report.healthy(),
                report.steps().stream()
                        .filter(step -> step.outcome() == Outcome.FAILED)
                        .map(step -> step.name() + ": " + step.hint())
                        .findFirst()
                        .orElse(null),
                took(report).toMillis(),
                row.id,
                row.providerName,
                HealthStatus.of(report),
                Check.of(report),
                ProviderView.capabilities(row.capabilities, measured),
                stored,
                Instant.now());
    }

    private static Duration took(ProbeReport report) {
        return report.steps().stream().map(ProbeReport.Step::took).reduce(Duration.ZERO, Duration::plus);
    }
}
