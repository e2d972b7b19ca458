package io.hermes.contract.provider;

/**
 * A share of a provider's budget: the answer of {@code PUT /internal/providers/{uuid}/budgets/{holder}}. Whoever holds it asks again before
 * it ends; while the registry does not answer, the share goes to nobody else only until then.
 *
 * @param requestsPerSecond requests to the store a second, {@code null} if they are not limited
 * @param bytesPerSecond document bytes read and written a second, {@code null} if they are not limited
 * @param validForMillis milliseconds that it is valid for, by the holder's own monotonic clock, from when it asked
 */
public record BudgetLease(Double requestsPerSecond, Double bytesPerSecond, long validForMillis) {}
