package io.hermes.registry.provider;

import java.util.List;

/**
 * A look at a store, and what it changed.
 *
 * @param seen what it saw
 * @param state what the looks come to with it
 * @param latencyMs how long the store took
 * @param checks what was tried
 */
record HealthLook(HealthStatus seen, HealthState state, int latencyMs, List<Check> checks) {

    /** What to do about the first thing that did not go well. */
    String hint() {
        return checks.stream()
                .filter(check -> check.status().equals("failed"))
                .map(Check::hint)
                .findFirst()
                .orElse("");
    }
}
