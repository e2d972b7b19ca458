package io.hermes.registry.provider;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Answer of {@code GET /api/v2/providers}.
 *
 * @param providers the primary one first, then by name
 * @param count how many are on this page
 * @param nextCursor for the next page, absent on the last one
 */
public record ProviderPage(
        List<ProviderView> providers,
        int count,
        @JsonInclude(JsonInclude.Include.NON_NULL) String nextCursor) {}
