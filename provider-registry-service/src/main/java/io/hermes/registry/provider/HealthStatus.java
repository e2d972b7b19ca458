package io.hermes.registry.provider;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.hermes.storage.ProbeReport;
import java.util.Locale;

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

    /** What a probe says. A store that was reached and then failed a step is degraded. */
    public static HealthStatus of(ProbeReport report) {
        if (report.healthy()) {
            return HEALTHY;
        }
        boolean reached = report.steps().stream()
                .anyMatch(step -> step.name().equals("reach") && step.outcome() == ProbeReport.Outcome.OK);
        return reached ? DEGRADED : UNHEALTHY;
    }

    /** The word in the database and in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
