package io.hermes.registry.provider;

import io.hermes.contract.provider.ProviderStatus;
import io.hermes.edge.problem.Violation;
import io.hermes.registry.provider.DeclaredChange.Action;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Brings providers that a file describes into the registry: all of them or none, by one replica at a time. */
@ApplicationScoped
public class DeclaredProviders {

    private static final String BY = "providers.yaml";

    private final ProviderRows rows;
    private final DeclaredRows statements;
    private final Registration registration;

    DeclaredProviders(ProviderRows rows, DeclaredRows statements, Registration registration) {
        this.rows = rows;
        this.statements = statements;
        this.registration = registration;
    }

    /** The right to apply a file; empty while another replica has it. */
    public Uni<Optional<Long>> lease() {
        return statements.lease();
    }

    /** Gives the right back. */
    public Uni<Boolean> end(long lease) {
        return statements.end(lease);
    }

    /** What applying the file would do, and why it cannot be applied. Changes nothing. */
    public Uni<Comparison> compare(List<DeclaredProvider> declared, Prune prune) {
        return rows.all().chain(stored -> compare(declared, prune, stored));
    }

    /**
     * Applies what was found different; stores are looked at first, as they are at a registration.
     *
     * @return whether nothing is left to be done; a provider to be deleted may still be in use
     */
    public Uni<Boolean> apply(long lease, Comparison comparison, Prune prune) {
        Uni<?> looked = Uni.createFrom().voidItem();
        for (Provider row : comparison.opened) {
            looked = looked.chain(() -> statements.renew(lease))
                    .chain(() -> registration.requireValid(row))
                    .chain(resolved -> registration.measure(row, resolved));
        }
        return looked.chain(() -> statements.apply(lease, comparison, prune));
    }

    private Uni<Comparison> compare(List<DeclaredProvider> declared, Prune prune, List<Provider> stored) {
        Map<String, Provider> byName =
                stored.stream().collect(Collectors.toMap(row -> row.providerName, Function.identity()));
        Comparison comparison = new Comparison();
        Uni<?> compared = Uni.createFrom().voidItem();
        Set<String> names = new HashSet<>();
        boolean primary = false;
        for (DeclaredProvider entry : declared) {
            CreateProvider provider = entry.provider();
            if (!names.add(provider.providerName())) {
                comparison.fault(entry.place() + "/providerName", "is the name of another provider of the file");
            }
            if (provider.isPrimary() && primary) {
                comparison.fault(entry.place() + "/isPrimary", "is true of another provider of the file");
            }
            primary |= provider.isPrimary();
            Provider present = byName.get(provider.providerName());
            compared = compared.chain(
                    () -> present == null ? create(entry, comparison) : change(entry, present, comparison));
        }
        stored.stream()
                .filter(row -> row.isDeclared() && !names.contains(row.providerName))
                .forEach(orphan -> prune(orphan, prune, comparison));
        return compared.replaceWith(comparison);
    }

    private Uni<Void> create(DeclaredProvider entry, Comparison comparison) {
        List<Violation> violations = new ArrayList<>();
        Provider row = described(entry, UUID.randomUUID(), violations);
        addFaults(entry, violations, comparison);
        comparison.created.add(row);
        comparison.opened.add(row);
        comparison.add(new DeclaredChange(row.providerName, Action.CREATE, List.of()));
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> change(DeclaredProvider entry, Provider row, Comparison comparison) {
        if (!row.isDeclared() && !entry.adopt()) {
            comparison.fault(
                    entry.place() + "/providerName",
                    "is the name of a provider that was made through the API; delete that one, or say 'adopt: true'");
        }
        if (!row.providerType.equals(entry.provider().providerType())) {
            comparison.fault(
                    entry.place() + "/providerType", "differs from what is registered, and a type stays for ever");
        }
        List<Violation> violations = new ArrayList<>();
        Provider wanted = described(entry, row.providerUuid, violations);
        addFaults(entry, violations, comparison);
        return registration
                .differentSecrets(row, wanted, entry.provider().config())
                .invoke(secrets -> note(row, wanted, secrets, comparison))
                .replaceWithVoid();
    }

    private Provider described(DeclaredProvider entry, UUID uuid, List<Violation> violations) {
        Provider row = Providers.describe(entry.provider(), uuid, registration, violations);
        row.createdBy = BY;
        row.managedBy = Provider.DECLARED;
        row.managedSource = entry.source();
        return row;
    }

    private static void note(Provider row, Provider wanted, Set<String> secrets, Comparison comparison) {
        List<String> fields = Difference.of(row, wanted, secrets);
        if (fields.isEmpty()) {
            return;
        }
        boolean reopened = fields.stream().anyMatch(field -> field.startsWith("config.") || field.equals("isWritable"));
        Difference.take(wanted, row, secrets);
        comparison.changed.add(row);
        if (reopened) {
            comparison.opened.add(row);
        }
        comparison.add(new DeclaredChange(row.providerName, Action.CHANGE, fields));
    }

    private static void prune(Provider orphan, Prune prune, Comparison comparison) {
        if (prune == Prune.NEVER || (prune == Prune.DISABLE && orphan.status == ProviderStatus.DISABLED)) {
            return;
        }
        comparison.orphans.add(orphan);
        comparison.add(new DeclaredChange(
                orphan.providerName, prune == Prune.DELETE ? Action.DELETE : Action.DISABLE, List.of()));
    }

    private static void addFaults(DeclaredProvider entry, List<Violation> violations, Comparison comparison) {
        violations.forEach(broken -> comparison.fault(entry.place() + broken.pointer(), broken.message()));
    }
}
