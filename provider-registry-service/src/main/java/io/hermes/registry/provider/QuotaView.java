package io.hermes.registry.provider;

/**
 * A quota, and how the store stands to it.
 *
 * @param maxDocuments most documents, {@code null} for no limit
 * @param maxBytes most bytes, {@code null} for no limit
 * @param warnPercent from which share on there is a warning
 * @param usedPercent share of the nearer limit, rounded down to a tenth
 * @param state how it stands
 */
public record QuotaView(Long maxDocuments, Long maxBytes, int warnPercent, double usedPercent, QuotaState state) {

    private static final double TENTHS_OF_PERCENT = 1000;
    private static final double TENTHS = 10;

    static QuotaView of(Provider row) {
        Quota quota = row.quota;
        return quota == null
                ? null
                : new QuotaView(
                        quota.maxDocuments(),
                        quota.maxBytes(),
                        quota.warnPercent(),
                        Math.floor(quota.used(row.held()) * TENTHS_OF_PERCENT) / TENTHS,
                        Quota.state(quota, row.held()));
    }
}
