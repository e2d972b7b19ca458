package io.hermes.registry.health;

import io.hermes.registry.provider.Check;
import io.hermes.registry.provider.HealthDetail;
import io.hermes.registry.provider.HealthStatus;
import io.hermes.registry.provider.ProviderView;
import io.hermes.registry.provider.QuotaState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Answer of {@code GET /api/v2/providers/{id}/health}.
 *
 * @param providerId number
 * @param providerName unique name
 * @param healthStatus healthy, degraded or unhealthy
 * @param documentCount as far as our jobs have changed it
 * @param totalSizeBytes as far as our jobs have changed it
 * @param quota how it stands to its quota, {@code null} if it has none
 * @param lastHealthCheck when the store was looked at
 * @param lastHealthCheckAge how long ago, such as {@code 12s}
 * @param latencyMs how long the store took
 * @param healthSince since when it has this status
 * @param consecutiveFailures looks in a row that did not reach the store
 * @param checks what was tried
 */
public record ProviderHealth(
        long providerId,
        String providerName,
        HealthStatus healthStatus,
        long documentCount,
        long totalSizeBytes,
        QuotaState quota,
        Instant lastHealthCheck,
        String lastHealthCheckAge,
        Integer latencyMs,
        Instant healthSince,
        int consecutiveFailures,
        List<Check> checks) {

    static ProviderHealth of(ProviderView provider, Optional<HealthDetail> detail, Instant now) {
        return new ProviderHealth(
                provider.id(),
                provider.providerName(),
                provider.healthStatus(),
                provider.documentCount(),
                provider.totalSizeBytes(),
                provider.quota() == null ? null : provider.quota().state(),
                provider.lastHealthCheck(),
                age(provider.lastHealthCheck(), now),
                provider.health() == null ? null : provider.health().latencyMs(),
                detail.map(HealthDetail::since).orElse(null),
                detail.map(HealthDetail::consecutiveFailures).orElse(0),
                detail.map(HealthDetail::checks).orElse(List.of()));
    }

    /** The database's clock may be ahead of ours. */
    private static String age(Instant checked, Instant now) {
        return checked == null
                ? null
                : Math.max(0, Duration.between(checked, now).toSeconds()) + "s";
    }
}
