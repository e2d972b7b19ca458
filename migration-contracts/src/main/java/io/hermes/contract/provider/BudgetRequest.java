package io.hermes.contract.provider;

/**
 * Body of {@code PUT /internal/providers/{uuid}/budgets/{holder}}: what a process needs of a provider's budget, that is what it used or
 * had waiting since its last lease. Zero, not absent, for nothing.
 *
 * @param requestsPerSecond requests to the store a second, not negative
 * @param bytesPerSecond document bytes read and written a second, not negative
 */
public record BudgetRequest(double requestsPerSecond, double bytesPerSecond) {}
