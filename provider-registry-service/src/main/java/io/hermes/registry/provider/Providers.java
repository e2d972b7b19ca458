package io.hermes.registry.provider;

import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.edge.problem.ApiProblem;
import io.hermes.edge.problem.Violation;
import io.hermes.edge.version.VersionTag;
import io.hermes.registry.limit.Limits;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * The registered providers. Everything fails with an {@link ApiProblem}. A store is talked to before the transaction, never within
 * it, so that a slow store holds no row.
 */
@ApplicationScoped
public class Providers {

    private final ProviderRows rows;
    private final ProviderClaims claims;
    private final HealthBook health;
    private final Registration registration;

    Providers(ProviderRows rows, ProviderClaims claims, HealthBook health, Registration registration) {
        this.rows = rows;
        this.claims = claims;
        this.health = health;
        this.registration = registration;
    }

    /** Registers a provider. A store that cannot be reached is a warning in the answer, since it may be reachable from the workers. */
    public Uni<ProviderView> create(CreateProvider request, String createdBy) {
        Provider row = newRow(request, createdBy);
        return registration
                .requireValid(row)
                .call(() -> requireFree(row.providerName))
                .chain(resolved -> registration.measure(row, resolved))
                .chain(report ->
                        rows.insert(row).map(stored -> ProviderView.of(stored).warning(Registration.warnings(report))));
    }

    /**
     * Changes what is given. Changed settings are probed again; an older {@code version} than the present one is refused, and so is a
     * provider of the file unless {@code detach} takes it out of the file's hands.
     */
    public Uni<ProviderView> patch(ProviderRef ref, PatchProvider patch, Optional<Long> version, boolean detach) {
        if (patch.isEmpty() && !detach) {
            throw ApiProblem.of(400, "NO_FIELDS", "Nothing to do", "No fields to update");
        }
        return rows.get(ref).chain(row -> change(row, patch, version, detach)).chain(this::view);
    }

    private Uni<Provider> change(Provider row, PatchProvider patch, Optional<Long> version, boolean detach) {
        if (detach) {
            row.managedBy = Provider.BY_API;
            row.managedSource = null;
        }
        ProviderProblems.requireNotDeclared(row);
        long before = row.version;
        if (version.isPresent() && version.get() != before) {
            throw ProviderProblems.changedMeanwhile(before);
        }
        boolean reopened = apply(row, patch);
        Uni<?> looked = reopened
                ? registration.requireValid(row).chain(resolved -> registration.measure(row, resolved))
                : Uni.createFrom().voidItem();
        return looked.chain(() -> rows.update("provider.patch", row.id, before, stored -> copy(row, stored)));
    }

    /** One provider. */
    public Uni<ProviderView> get(ProviderRef ref) {
        return rows.get(ref).chain(this::view);
    }

    /** One page of providers, the primary one first, then by name. */
    public Uni<ProviderPage> list(ProviderFilter filter) {
        int limit = filter.limit();
        return rows.page(filter)
                .chain(found ->
                        views(found.subList(0, Math.min(limit, found.size()))).map(shown -> page(found, limit, shown)));
    }

    /** Removes a provider that no unfinished job uses. Its documents stay where they are. */
    public Uni<ProviderView> delete(ProviderRef ref, Optional<Long> version) {
        return rows.remove(ref, version, claims).map(ProviderView::of);
    }

    /** A provider with its secrets, for the services. Fails 503 while one of them cannot be read. */
    public Uni<ResolvedProvider> resolve(ProviderRef ref) {
        return rows.get(ref).chain(registration::resolve);
    }

    /**
     * The same unless the caller's entity tag is the present one: then empty, and no secret has been touched. A provider with secrets
     * that are kept elsewhere is always resolved, since they may change without our knowing.
     */
    public Uni<Optional<ResolvedProvider>> resolveUnless(String knownTag, ProviderRef ref) {
        return rows.get(ref)
                .chain(row -> VersionTag.of(row.version).equals(knownTag) && !row.refersToSecrets()
                        ? Uni.createFrom().item(Optional.empty())
                        : registration.resolve(row).map(Optional::of));
    }

    private Uni<ProviderView> view(Provider row) {
        return views(List.of(row)).map(views -> views.get(0));
    }

    private Uni<List<ProviderView>> views(List<Provider> found) {
        return claims.counts()
                .chain(used -> health.details(found.stream().map(row -> row.id).toList())
                        .map(details -> found.stream()
                                .map(row -> ProviderView.of(
                                        row, used.getOrDefault(row.id, 0L), Optional.ofNullable(details.get(row.id))))
                                .toList()));
    }

    private static ProviderPage page(List<Provider> found, int limit, List<ProviderView> shown) {
        String next = found.size() > limit ? Cursor.after(shown.get(limit - 1)) : null;
        return new ProviderPage(shown, shown.size(), next);
    }

    /** A provider that is not stored yet. Fails 400 with everything that is wrong with it. */
    Provider newRow(CreateProvider request, String createdBy) {
        List<Violation> violations = new ArrayList<>();
        Provider row = describe(request, UUID.randomUUID(), registration, violations);
        row.createdBy = createdBy;
        refuse(violations);
        return row;
    }

    /** A row as it is asked for, its secrets sealed for this number; {@code violations} gets everything that is wrong with it. */
    static Provider describe(CreateProvider request, UUID uuid, Registration registration, List<Violation> violations) {
        if (!ProviderRef.isName(request.providerName())) {
            violations.add(
                    Violation.body(
                            "providerName",
                            "must be 1 to 100 letters, digits, '.', '_' or '-', begin with a letter or digit, and be neither a number nor a UUID"));
        }
        Provider row = new Provider();
        row.providerUuid = uuid;
        row.providerName = request.providerName();
        row.displayName = printable(request.displayName(), violations);
        row.providerType = request.providerType();
        ProviderSettings settings = registration.merge(row, ProviderSettings.EMPTY, request.config(), violations);
        row.status = request.status();
        row.isPrimary = request.isPrimary();
        row.isWritable = request.isWritable();
        row.managedBy = Provider.BY_API;
        row.config = settings.config();
        row.secrets = settings.secrets();
        row.capabilities = request.capabilities();
        row.quota = Quota.limiting(request.quota());
        row.limits = limits(request.limits(), violations);
        row.createdAt = Instant.now();
        row.updatedAt = row.createdAt;
        return row;
    }

    /** Whether the store has to be looked at again. */
    private boolean apply(Provider row, PatchProvider patch) {
        requireSame("providerName", patch.providerName(), row.providerName);
        requireSame("providerType", patch.providerType(), row.providerType);
        List<Violation> violations = new ArrayList<>();
        ProviderSettings before = new ProviderSettings(row.config, row.secrets);
        ProviderSettings after =
                patch.config() == null ? before : registration.merge(row, before, patch.config(), violations);
        boolean wasWritable = row.isWritable;
        row.config = after.config();
        row.secrets = after.secrets();
        row.displayName = patch.displayName() == null ? row.displayName : printable(patch.displayName(), violations);
        row.quota = Quota.merge(row.quota, patch.quota(), violations);
        row.limits = Limits.merge(row.limits, patch.limits(), violations);
        refuse(violations);
        row.capabilities = Objects.requireNonNullElse(patch.capabilities(), row.capabilities);
        row.isPrimary = Objects.requireNonNullElse(patch.isPrimary(), row.isPrimary);
        row.isWritable = Objects.requireNonNullElse(patch.isWritable(), row.isWritable);
        row.status = Objects.requireNonNullElse(patch.status(), row.status);
        return !after.equals(before) || (row.isWritable && !wasWritable);
    }

    /** Only what a change may touch: health and counters may have moved meanwhile. */
    static void copy(Provider changed, Provider stored) {
        stored.config = changed.config;
        stored.secrets = changed.secrets;
        stored.displayName = changed.displayName;
        stored.capabilities = changed.capabilities;
        stored.isPrimary = changed.isPrimary;
        stored.isWritable = changed.isWritable;
        stored.status = changed.status;
        stored.quota = changed.quota;
        stored.limits = changed.limits;
        stored.managedBy = changed.managedBy;
        stored.managedSource = changed.managedSource;
        stored.measured = changed.measured;
        stored.healthStatus = changed.healthStatus;
        stored.healthLatencyMs = changed.healthLatencyMs;
        stored.lastHealthCheck = changed.lastHealthCheck;
    }

    private Uni<Void> requireFree(String name) {
        return rows.nameIsFree(name)
                .invoke(free -> {
                    if (!free) {
                        throw ProviderProblems.nameTaken(name);
                    }
                })
                .replaceWithVoid();
    }

    private static void requireSame(String field, String wanted, String present) {
        if (wanted != null && !wanted.equals(present)) {
            throw ProviderProblems.immutable(field);
        }
    }

    private static String printable(String text, List<Violation> violations) {
        if (text != null && text.chars().anyMatch(Character::isISOControl)) {
            violations.add(Violation.body("displayName", "must not hold control characters"));
        }
        return text;
    }

    private static Limits limits(Limits wanted, List<Violation> violations) {
        if (wanted != null) {
            wanted.check(violations);
        }
        return Limits.limiting(wanted);
    }

    private static void refuse(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw Violation.problem(violations);
        }
    }
}
