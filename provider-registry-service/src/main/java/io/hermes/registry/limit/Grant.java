package io.hermes.registry.limit;

import java.time.Instant;

/**
 * A share of a budget.
 *
 * @param requestsPerSecond {@code null} if they are not limited
 * @param bytesPerSecond {@code null} if they are not limited
 * @param until when it ends
 */
public record Grant(Double requestsPerSecond, Double bytesPerSecond, Instant until) {}
