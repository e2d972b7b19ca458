package io.hermes.registry.type;

import java.util.List;

/**
 * Answer of {@code GET /api/v2/provider-types}.
 *
 * @param providerTypes by name
 * @param count how many there are
 */
public record ProviderTypePage(List<ProviderTypeView> providerTypes, int count) {}
