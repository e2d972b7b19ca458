package io.hermes.registry.provider;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.contract.provider.MeasuredCapabilities;
import io.hermes.contract.provider.ProviderStatus;
import io.hermes.registry.limit.Limits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** A provider as the public API shows it (API.md). A secret is shown as being set, never as itself. */
public record ProviderView(
        long id,
        UUID providerUuid,
        long version,
        String providerName,
        String displayName,
        String providerType,
        ProviderStatus status,
        @JsonProperty("isPrimary") boolean isPrimary,
        @JsonProperty("isWritable") boolean isWritable,
        String managedBy,
        String managedSource,
        SortedMap<String, JsonNode> config,
        SortedMap<String, Boolean> capabilities,
        Health health,
        HealthStatus healthStatus,
        Instant lastHealthCheck,
        long documentCount,
        long totalSizeBytes,
        Long capacityBytes,
        Instant statisticsAsOf,
        QuotaView quota,
        Limits limits,
        UsedBy usedBy,
        String createdBy,
        Instant createdAt,
        Instant updatedAt,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> warnings) {

    /**
     * What the looks at the store said.
     *
     * @param status what is told of it
     * @param latencyMs how long the way to it took
     * @param checkedAt when it was looked at
     * @param consecutiveFailures looks in a row that did not reach it
     * @param checks what the last look of the schedule, or of somebody who asked for it, tried; empty before the first
     */
    public record Health(
            HealthStatus status, Integer latencyMs, Instant checkedAt, int consecutiveFailures, List<Check> checks) {

        private static Health of(Provider row, Optional<HealthDetail> detail) {
            return row.healthStatus == null
                    ? null
                    : new Health(
                            row.healthStatus,
                            row.healthLatencyMs,
                            row.lastHealthCheck,
                            detail.map(HealthDetail::consecutiveFailures).orElse(0),
                            detail.map(HealthDetail::checks).orElse(List.of()));
        }
    }

    /** Who would miss it. */
    public record UsedBy(long runningJobs) {}

    /** The same, with something the caller should know. */
    ProviderView warning(List<String> of) {
        return new ProviderView(
                id,
                providerUuid,
                version,
                providerName,
                displayName,
                providerType,
                status,
                isPrimary,
                isWritable,
                managedBy,
                managedSource,
                config,
                capabilities,
                health,
                healthStatus,
                lastHealthCheck,
                documentCount,
                totalSizeBytes,
                capacityBytes,
                statisticsAsOf,
                quota,
                limits,
                usedBy,
                createdBy,
                createdAt,
                updatedAt,
                of);
    }

    /** Of a provider that nobody has looked at since, and no job uses. */
    static ProviderView of(Provider row) {
        return of(row, 0, Optional.empty());
    }

    static ProviderView of(Provider row, long runningJobs, Optional<HealthDetail> detail) {
        return new ProviderView(
                row.id,
                row.providerUuid,
                row.version,
                row.providerName,
                row.displayName,
                row.providerType,
                row.status,
                row.isPrimary,
                row.isWritable,
                row.managedBy,
                row.managedSource,
                ProviderSettings.masked(row.config, row.secrets),
                capabilities(row.capabilities, row.measured),
                Health.of(row, detail),
                row.healthStatus,
                row.lastHealthCheck,
                row.documentCount,
                row.totalSizeBytes,
                row.quota == null ? null : row.quota.maxBytes(),
                row.statisticsAsOf,
                QuotaView.of(row),
                row.limits,
                new UsedBy(runningJobs),
                row.createdBy,
                row.createdAt,
                row.updatedAt,
                warnings(QuotaView.of(row)));
    }

    private static List<String> warnings(QuotaView quota) {
        if (quota == null || quota.state() == QuotaState.OK) {
            return List.of();
        }
        return List.of(quota.usedPercent() + " % of its quota is used; "
                + (quota.state() == QuotaState.EXCEEDED
                        ? "no job can begin to write to it until the quota is raised, or documents are removed and it is scanned."
                        : "at 100 % no job can begin to write to it."));
    }

    /** What was measured wins over what was declared. */
    static SortedMap<String, Boolean> capabilities(Map<String, Boolean> declared, MeasuredCapabilities seen) {
        SortedMap<String, Boolean> merged = new TreeMap<>(declared);
        List.of("versioning", "permissions", "search", "people", "teams", "notifications")
                .forEach(name -> merged.putIfAbsent(name, false));
        if (seen != null) {
            merged.put("versioning", seen.versions());
            merged.put("conditionalPut", seen.conditionalPut());
            merged.put("conditionalStream", seen.conditionalStream());
            merged.put("conditionalReplace", seen.conditionalReplace());
            merged.put("conditionalDelete", seen.conditionalDelete());
            merged.put("refusesWrongBytes", seen.refusesWrongBytes());
            merged.put("keepForever", seen.keepForever());
            merged.put("tags", seen.tags());
            merged.put("userMetadata", seen.userMetadata());
            merged.put("checksums", seen.checksums());
        }
        return merged;
    }
}
