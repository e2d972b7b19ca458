package io.hermes.registry.health;

import io.hermes.registry.provider.Check;
import io.hermes.registry.provider.HealthStatus;
import io.hermes.registry.provider.ProviderView;
import io.hermes.storage.ProbeReport;
import java.time.Instant;
import java.util.List;

/**
 * Answer of {@code GET /api/v2/providers/{id}/health}.
 *
 * @param providerId number
 * @param providerName unique name
 * @param healthStatus healthy, degraded or unhealthy
 * @param documentCount as far as our jobs have changed it
 * @param totalSizeBytes as far as our jobs have changed it
 * @param lastHealthCheck when the store was looked at: just now
 * @param lastHealthCheckAge how long ago, such as {@code 0s}
 * @param latencyMs how long the store took
 * @param checks what was tried
 */
public record ProviderHealth(
        long providerId,
        String providerName,
        HealthStatus healthStatus,
        long documentCount,
        long totalSizeBytes,
        Instant lastHealthCheck,
        String lastHealthCheckAge,
        long latencyMs,
        List<Check> checks) {

    static ProviderHealth of(ProviderView provider, ProbeReport report, Instant at) {
        List<Check> checks = Check.of(report);
        return new ProviderHealth(
                provider.id(),
                provider.providerName(),
                HealthStatus.of(report),
                provider.documentCount(),
                provider.totalSizeBytes(),
                at,
                "0s",
                checks.stream().mapToLong(Check::latencyMs).sum(),
                checks);
    }
}
