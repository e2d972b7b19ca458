package io.hermes.registry.provider;

import io.hermes.contract.provider.ProviderStatus;
import io.hermes.registry.audit.Audit;
import io.hermes.registry.audit.Deed;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What stores hold, and who counts it anew. One scan at a time counts for each store, however many replicas there are: beginning one
 * raises a number, and what comes back under an older number is dropped (ADR 0028).
 */
@ApplicationScoped
public class Statistics {

    /** A page is over after its timeout, or whoever began the scan is dead. */
    private static final int PAGES_OF_A_LEASE = 3;

    private final ProviderRows providers;
    private final StatisticsRows rows;
    private final ScanRows scans;
    private final ScanSettings settings;
    private final QuotaCrossings crossings;
    private final Audit audit;

    Statistics(
            ProviderRows providers,
            StatisticsRows rows,
            ScanRows scans,
            ScanSettings settings,
            QuotaCrossings crossings,
            Audit audit) {
        this.providers = providers;
        this.rows = rows;
        this.scans = scans;
        this.settings = settings;
        this.crossings = crossings;
        this.audit = audit;
    }

    /**
     * The counters of a provider.
     *
     * @param provider its name
     * @param type its type
     * @param documents how many documents it holds
     * @param bytes their size
     * @param capacity most bytes, empty for no limit
     * @param used the share of its quota, 1 when all of it is used; empty if it has none
     */
    public record Standing(
            String provider, String type, long documents, long bytes, Optional<Long> capacity, Optional<Double> used) {}

    /** What is known of a provider's documents. */
    public Uni<ProviderStatistics> of(ProviderRef ref) {
        return providers
                .get(ref)
                .chain(row -> rows.lastScan(row.id)
                        .chain(last -> rows.usage(row.id).map(usage -> ProviderStatistics.of(row, last, usage))));
    }

    /** All providers by type and by status. */
    public Uni<StatisticsOverview> overview() {
        return rows.overview();
    }

    /** How every provider stands. */
    public Uni<List<Standing>> standings() {
        return rows.standings();
    }

    /** Begins a scan for somebody who asked for it; empty if one is under way. Fails 409 for a disabled provider. Recorded before it begins. */
    public Uni<Optional<ScanLease>> asked(ProviderRef ref) {
        return providers
                .get(ref)
                .invoke(Statistics::requireEnabled)
                .call(row ->
                        audit.begun(new Deed("scan.begin", row.providerUuid.toString(), row.providerName, null, null)))
                .chain(row -> take(row.id));
    }

    /** Begins a scan; empty if one is under way. */
    public Uni<Optional<ScanLease>> take(long provider) {
        return scans.take(provider, lease());
    }

    /** Begins the scan that has been due for the longest time, of a store that no job writes to; empty if none is. */
    public Uni<Optional<ScanLease>> takeDue() {
        return scans.takeDue(lease());
    }

    /** How far a scan has come; {@code false} if it counts no more. */
    public Uni<Boolean> progress(ScanLease scan, Tally tally) {
        return scans.progress(scan, tally, lease());
    }

    /** What a scan counted is what is told from now on, with what jobs brought meanwhile; {@code false} if it counts no more. */
    public Uni<Boolean> settle(ScanLease scan, Tally tally) {
        return scans.settle(scan, tally, lease(), settings.scanEvery())
                .invoke(change -> change.ifPresent(crossings::tell))
                .map(Optional::isPresent);
    }

    /** A scan came to no end; the counters stay. */
    public Uni<Boolean> fail(ScanLease scan, String hint) {
        return scans.fail(scan, hint, settings.scanEvery());
    }

    private Duration lease() {
        return settings.pageTimeout().multipliedBy(PAGES_OF_A_LEASE);
    }

    private static void requireEnabled(Provider row) {
        if (row.status == ProviderStatus.DISABLED) {
            throw ProviderProblems.disabled(row.providerName);
        }
    }
}
