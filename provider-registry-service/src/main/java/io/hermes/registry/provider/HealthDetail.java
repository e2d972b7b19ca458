package io.hermes.registry.provider;

import java.time.Instant;
import java.util.List;

/**
 * What is known of a store's health besides its status.
 *
 * @param since when the status began
 * @param consecutiveFailures looks in a row that did not reach the store
 * @param checks what the last look tried
 */
public record HealthDetail(Instant since, int consecutiveFailures, List<Check> checks) {}
