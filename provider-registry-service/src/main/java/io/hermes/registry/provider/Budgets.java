package io.hermes.registry.provider;

import io.hermes.contract.provider.BudgetLease;
import io.hermes.contract.provider.BudgetRequest;
import io.hermes.edge.problem.Violation;
import io.hermes.registry.limit.Grant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Shares of providers' limits, leased to the processes that use their stores (ADR 0031). The shares that have not ended are together never
 * more than what the provider allows at that moment, however many registries grant them; only what was granted before the limits were
 * lowered may be more, until it ends or is renewed.
 */
@ApplicationScoped
public class Budgets {

    /** So long a process may go without asking whether a provider that had no limits has some. */
    private static final Duration UNLIMITED = Duration.ofMinutes(1);

    private final BudgetRows rows;
    private final BudgetSettings settings;

    Budgets(BudgetRows rows, BudgetSettings settings) {
        this.rows = rows;
        this.settings = settings;
    }

    /**
     * What is allowed and granted of a provider.
     *
     * @param provider its name
     * @param type its type
     * @param allowedRequests per second, {@code null} if they are not limited
     * @param grantedRequests per second, to all holders together
     * @param allowedBytes per second at this moment, {@code null} if they are not limited
     * @param grantedBytes per second, to all holders together
     */
    public record Standing(
            String provider,
            String type,
            Double allowedRequests,
            double grantedRequests,
            Double allowedBytes,
            double grantedBytes) {}

    /**
     * Grants a holder a share, in the place of the one that it has. Fails 400 if its need is no amount, and 404 if there is no such
     * provider. Of a provider without limits everything is granted for a minute.
     */
    public Uni<BudgetLease> lease(UUID provider, UUID holder, BudgetRequest need) {
        requireAmounts(need);
        return rows.lease(provider, holder, need, settings.validity())
                .map(leased -> leased.grant() == null
                        ? new BudgetLease(null, null, UNLIMITED.toMillis())
                        : lease(
                                leased.grant(),
                                Duration.between(leased.now(), leased.grant().until())));
    }

    private static BudgetLease lease(Grant grant, Duration validity) {
        return new BudgetLease(grant.requestsPerSecond(), grant.bytesPerSecond(), Math.max(1, validity.toMillis()));
    }

    private static void requireAmounts(BudgetRequest need) {
        List<Violation> violations = new ArrayList<>();
        requireAmount("requestsPerSecond", need.requestsPerSecond(), violations);
        requireAmount("bytesPerSecond", need.bytesPerSecond(), violations);
        if (!violations.isEmpty()) {
            throw Violation.problem(violations);
        }
    }

    private static void requireAmount(String field, double amount, List<Violation> violations) {
        if (!Double.isFinite(amount) || amount < 0) {
            violations.add(Violation.body(field, "must be a number, 0 or more"));
        }
    }

    /** The holder needs its share no more. That it has none, or that there is no such provider, is no error. */
    public Uni<Void> giveBack(UUID provider, UUID holder) {
        return rows.giveBack(provider, holder);
    }

    /** Deletes shares that have ended, a batch. */
    public Uni<Integer> purge() {
        return rows.purge();
    }

    /** Whether one purge left more to do. */
    public static boolean more(int purged) {
        return purged == BudgetRows.BATCH;
    }

    /** What is allowed and granted of every provider that has limits. */
    public Uni<List<Standing>> standings() {
        return rows.standings();
    }
}
