package io.hermes.registry.provider;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * Answer of {@code GET /api/v2/providers/{id}/statistics} (ADR 0028).
 *
 * @param providerId number
 * @param providerName unique name
 * @param documentCount documents that are there, as far as {@code countedBy} knows
 * @param totalSizeBytes their size
 * @param statisticsAsOf when the counters last changed, {@code null} if they never have
 * @param countedBy where the counters come from
 * @param approximate whether jobs wrote while documents were counted, some of which may be counted twice; never too few
 * @param capacityBytes what the quota allows, {@code null} for no limit
 * @param quota the quota, {@code null} if there is none
 * @param countedAt when the distribution was counted, {@code null} if nothing was scanned yet
 * @param distribution documents by extension
 * @param usage unfinished jobs
 * @param scan the last scan or the one that is under way, {@code null} if there was none
 */
public record ProviderStatistics(
        long providerId,
        String providerName,
        long documentCount,
        long totalSizeBytes,
        Instant statisticsAsOf,
        CountedBy countedBy,
        boolean approximate,
        Long capacityBytes,
        QuotaView quota,
        Instant countedAt,
        List<Share> distribution,
        Usage usage,
        ScanView scan) {

    /** Where counters come from. */
    public enum CountedBy {
        /** From what ended jobs brought; what else is in the store was never counted. */
        @JsonProperty("jobs")
        JOBS,

        /** From a scan. */
        @JsonProperty("scan")
        SCAN,

        /** From a scan and from what jobs have brought since. */
        @JsonProperty("scan_and_jobs")
        SCAN_AND_JOBS
    }

    static ProviderStatistics of(Provider row, LastScan last, Usage usage) {
        return new ProviderStatistics(
                row.id,
                row.providerName,
                row.documentCount,
                row.totalSizeBytes,
                row.statisticsAsOf,
                countedBy(row, last),
                last.countedAt() != null && !last.exact(),
                row.quota == null ? null : row.quota.maxBytes(),
                QuotaView.of(row),
                last.countedAt(),
                last.distribution(),
                usage,
                last.view().orElse(null));
    }

    /** The row was read first: a scan may have come to its end between the two. */
    private static CountedBy countedBy(Provider row, LastScan last) {
        if (last.countedAt() == null) {
            return CountedBy.JOBS;
        }
        boolean since = row.statisticsAsOf != null && row.statisticsAsOf.isAfter(last.countedAt());
        return since ? CountedBy.SCAN_AND_JOBS : CountedBy.SCAN;
    }
}
