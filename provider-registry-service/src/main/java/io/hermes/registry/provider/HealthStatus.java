package io.hermes.registry.provider;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.hermes.storage.ProbeReport;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** How a store was when somebody looked (SPEC §1.5). */
public enum HealthStatus {
    /** Everything tried went well. */
    @JsonProperty("healthy")
    HEALTHY,

    /** It answers, but something else that was tried did not go well. */
    @JsonProperty("degraded")
    DEGRADED,

    /** It does not answer, or not to these credentials. */
    @JsonProperty("unhealthy")
    UNHEALTHY;

    /** On the way to the store; whatever comes behind is tried at a store that answers. */
    private static final Set<String> ON_THE_WAY = Set.of(
            "reach",
            "address",
            "connect",
            "tls",
            "sts_address",
            "sts_connect",
            "sts_tls",
            "credentials",
            "bucket",
            "root");

    /** What a probe says. A store that was reached and then failed a step is degraded. */
    public static HealthStatus of(ProbeReport report) {
        if (report.healthy()) {
            return HEALTHY;
        }
        boolean unreached = report.steps().stream()
                .anyMatch(step -> ON_THE_WAY.contains(step.name()) && step.outcome() == ProbeReport.Outcome.FAILED);
        return unreached ? UNHEALTHY : DEGRADED;
    }

    /** How long the way to the store took; trying what it can do takes longer and says nothing about how it is. */
    static Duration latency(ProbeReport report) {
        return report.steps().stream()
                .filter(step -> ON_THE_WAY.contains(step.name()))
                .map(ProbeReport.Step::took)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** What the word in the database means; {@code null} if there is none, because nobody has looked yet. */
    static HealthStatus ofWord(String word) {
        return word == null ? null : valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The word in the database and in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
