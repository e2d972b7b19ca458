package io.hermes.registry.provider;

import java.util.List;

/**
 * Answer of {@code GET /api/v2/provider-statistics}.
 *
 * @param providers how many providers there are
 * @param documentCount documents of all of them
 * @param totalSizeBytes their size
 * @param byType the same for each type of provider, by name
 * @param byStatus the same for each status, by name
 */
public record StatisticsOverview(
        long providers, long documentCount, long totalSizeBytes, List<Sum> byType, List<Sum> byStatus) {

    /**
     * Providers that have something in common.
     *
     * @param name what
     * @param providers how many
     * @param documentCount documents of all of them
     * @param totalSizeBytes their size
     */
    public record Sum(String name, long providers, long documentCount, long totalSizeBytes) {}
}
