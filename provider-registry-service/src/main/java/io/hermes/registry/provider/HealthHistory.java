package io.hermes.registry.provider;

import java.time.Instant;
import java.util.List;

/**
 * Answer of {@code GET /api/v2/providers/{id}/health/history}.
 *
 * @param checks the latest looks, newest first
 * @param count how many there are
 */
public record HealthHistory(List<Look> checks, int count) {

    /**
     * One look.
     *
     * @param checkedAt when, by the database's clock
     * @param observed what it saw
     * @param healthStatus what was told of the store after it
     * @param latencyMs how long the store took
     * @param hint what to do, empty when all was well
     */
    public record Look(
            Instant checkedAt, HealthStatus observed, HealthStatus healthStatus, long latencyMs, String hint) {}
}
