package io.hermes.registry.provider;

import io.hermes.contract.provider.ProviderStatus;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The statements that bring the file of providers into the table: a lease, and one transaction for all that is different. */
@ApplicationScoped
class DeclaredRows {

    private static final String LEASE = """
            UPDATE provider_file SET epoch = epoch + 1, lease_until = clock_timestamp() + INTERVAL '5 minutes'
            WHERE lease_until IS NULL OR lease_until < clock_timestamp()
            RETURNING epoch
            """;

    private static final String END =
            "UPDATE provider_file SET lease_until = NULL WHERE epoch = :epoch AND lease_until IS NOT NULL";

    private static final String RENEW = """
            UPDATE provider_file SET lease_until = clock_timestamp() + INTERVAL '5 minutes'
            WHERE epoch = :epoch AND lease_until IS NOT NULL
            """;

    private static final String PATCH = "provider.patch";

    private final ProviderRows rows;
    private final ProviderClaims claims;

    DeclaredRows(ProviderRows rows, ProviderClaims claims) {
        this.rows = rows;
        this.claims = claims;
    }

    /** The right to apply the file, for five minutes; empty while somebody else has it. */
    @WithTransaction
    Uni<Optional<Long>> lease() {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(LEASE, Long.class).getResultList())
                .map(epochs -> epochs.stream().findFirst());
    }

    /** The right for another five minutes. Fails if it was lost. */
    @WithTransaction
    Uni<Void> renew(long epoch) {
        return update(RENEW, epoch).invoke(DeclaredRows::requireLease).replaceWithVoid();
    }

    /** Gives the right back, if it has not been lost. */
    @WithTransaction
    Uni<Boolean> end(long epoch) {
        return update(END, epoch);
    }

    /**
     * Applies everything or nothing, and ends the lease.
     *
     * @return whether all is done; {@code false} if a provider to be deleted is still in use. Fails if the lease was lost, 412 if
     *     somebody else has changed a provider meanwhile, 409 if another provider is the primary one
     */
    @WithTransaction
    Uni<Boolean> apply(long epoch, Comparison comparison, Prune prune) {
        return update(END, epoch)
                .invoke(DeclaredRows::requireLease)
                .chain(() -> each(comparison.orphans, row -> prune(row, prune)))
                .call(() -> each(primaryLast(comparison.changed), this::change))
                .call(() -> each(comparison.created, row -> rows.insert(row).replaceWith(true)));
    }

    private static Uni<Boolean> update(String lease, long epoch) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(lease)
                        .setParameter("epoch", epoch)
                        .executeUpdate())
                .map(updated -> updated == 1);
    }

    private static void requireLease(boolean held) {
        if (!held) {
            throw new IllegalStateException("another replica has taken over applying the file of providers");
        }
    }

    /** The index that allows one primary looks at every statement, so whoever is it no longer goes first. */
    private static List<Provider> primaryLast(List<Provider> changed) {
        return changed.stream()
                .sorted(Comparator.comparing(row -> row.isPrimary))
                .toList();
    }

    private Uni<Boolean> change(Provider declared) {
        return rows.update(PATCH, declared.id, declared.version, stored -> Providers.copy(declared, stored))
                .replaceWith(true);
    }

    private Uni<Boolean> prune(Provider orphan, Prune prune) {
        return switch (prune) {
            case NEVER -> Uni.createFrom().item(true);
            case DISABLE ->
                rows.update(PATCH, orphan.id, orphan.version, stored -> stored.status = ProviderStatus.DISABLED)
                        .replaceWith(true);
            case DELETE -> rows.removeUnused(orphan, claims);
        };
    }

    private static Uni<Boolean> each(List<Provider> all, Function<Provider, Uni<Boolean>> step) {
        Uni<Boolean> done = Uni.createFrom().item(true);
        for (Provider row : all) {
            done = done.chain(before -> step.apply(row).map(now -> before && now));
        }
        return done;
    }
}
