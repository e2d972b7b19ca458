package io.hermes.registry.provider;

import io.hermes.contract.provider.ProviderStatus;
import java.util.Optional;

/**
 * Which providers to list.
 *
 * @param type only of this type
 * @param status only of this status
 * @param limit at most so many
 * @param after name behind which to go on
 */
public record ProviderFilter(
        Optional<String> type, Optional<ProviderStatus> status, int limit, Optional<String> after) {}
