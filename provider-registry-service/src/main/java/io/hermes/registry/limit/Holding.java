package io.hermes.registry.limit;

import io.hermes.contract.provider.BudgetRequest;
import java.time.Instant;

/**
 * What another holder has of a budget.
 *
 * @param need what it said it needs
 * @param requestsPerSecond its share of the requests, {@code null} if they were not limited
 * @param bytesPerSecond its share of the bytes, {@code null} if they were not limited
 * @param until when its share ends; it may be over, and the holder about to ask again
 */
public record Holding(BudgetRequest need, Double requestsPerSecond, Double bytesPerSecond, Instant until) {}
