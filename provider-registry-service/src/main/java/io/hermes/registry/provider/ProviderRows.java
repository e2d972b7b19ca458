package io.hermes.registry.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.edge.problem.ApiProblem;
import io.hermes.registry.audit.Audit;
import io.hermes.registry.outbox.ProviderOutbox;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.panache.common.Parameters;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The table's statements. Every method is one session or one transaction; nothing in it talks to a store. */
@ApplicationScoped
class ProviderRows implements PanacheRepositoryBase<Provider, Long> {

    // As text first: the client would send a text for jsonb as a JSON string.
    private static final String RESEAL = "UPDATE provider_storage SET secrets = cast(cast(:secrets AS text) AS jsonb)"
            + " WHERE id = :id AND version = :version";

    /** Just looked at, so not due at once, and not all at the same time after a start of many. */
    private static final String BEGIN_HEALTH = """
            INSERT INTO provider_health (provider_id, next_check)
            VALUES (:id, clock_timestamp() + random() * interval '30 seconds')
            """;

    private static final String FENCE_HEALTH = """
            UPDATE provider_health SET epoch = epoch + 1, lease_until = NULL, worse = 0, better = 0, consecutive_failures = 0
             WHERE provider_id = :id
            """;

    /** What a scan counts of a store that the provider no longer means is of no use. */
    private static final String FENCE_SCAN = """
            UPDATE provider_scans SET epoch = epoch + 1, lease_until = NULL, ended_at = clock_timestamp(), outcome = 'dropped'
             WHERE provider_id = :id AND lease_until IS NOT NULL
            """;

    private final Audit audit;
    private final ProviderOutbox outbox;

    ProviderRows(Audit audit, ProviderOutbox outbox) {
        this.audit = audit;
        this.outbox = outbox;
    }

    /** Fails 404 if there is none. The row is detached: reading it is all that can be done. */
    @WithSession
    Uni<Provider> get(ProviderRef ref) {
        return query(ref).firstResult().onItem().ifNull().failWith(ProviderProblems::unknown);
    }

    @WithSession
    Uni<Boolean> nameIsFree(String name) {
        return count("providerName", name).map(found -> found == 0);
    }

    /** A page of one more than asked for tells whether there is another. The one primary stands before every name. */
    @WithSession
    Uni<List<Provider>> page(ProviderFilter filter) {
        return find(
                        "(:type is null or providerType = :type) and (:status is null or status = :status)"
                                + " and (:after is null or (isPrimary = false and providerName > :after))"
                                + " order by isPrimary desc, providerName",
                        Parameters.with("type", filter.type().orElse(null))
                                .and("status", filter.status().orElse(null))
                                .and("after", filter.after().orElse(null)))
                .page(0, filter.limit() + 1)
                .list();
    }

    @WithTransaction
    Uni<Provider> insert(Provider row) {
        return persistAndFlush(row)
                .call(stored -> execute(BEGIN_HEALTH, stored))
                .call(stored -> outbox.changed(stored.id))
                .onFailure()
                .transform(failure -> ProviderProblems.ofDatabase(failure, row.providerName))
                .call(stored -> audit.done(Trace.created(stored)));
    }

    /**
     * Changes a row that is still at a version. A look that is under way was at the store as it was before, and counts no more.
     *
     * @return fails 412 if somebody else has changed it meanwhile
     */
    @WithTransaction
    Uni<Provider> update(String action, long id, long version, Consumer<Provider> change) {
        return locked(id)
                .invoke(row -> requireVersion(row, version))
                .chain(row -> change(action, row, change))
                .onFailure(failure -> !(failure instanceof ApiProblem))
                .transform(failure -> ProviderProblems.ofDatabase(failure, ""));
    }

    private Uni<Provider> change(String action, Provider row, Consumer<Provider> change) {
        Trace before = Trace.of(row);
        Map<String, JsonNode> settings = row.config;
        change.accept(row);
        row.updatedAt = Instant.now();
        return flush().chain(() -> execute(FENCE_HEALTH, row))
                .chain(() -> outbox.changed(row.id))
                .chain(() -> settings.equals(row.config) ? Uni.createFrom().item(0) : execute(FENCE_SCAN, row))
                .chain(() -> audit.done(before.changed(action, row)))
                .replaceWith(row);
    }

    /** The lock makes a claim that is just being made visible: its row refers to the provider's. */
    @WithTransaction
    Uni<Provider> remove(ProviderRef ref, Optional<Long> version, ProviderClaims claims) {
        return query(ref)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(ProviderProblems::unknown)
                .invoke(ProviderProblems::requireNotDeclared)
                .invoke(row -> version.ifPresent(wanted -> requireVersion(row, wanted)))
                .call(row -> claims.requireNone(row))
                .call(this::removed);
    }

    /**
     * Deletes a provider that is still at its version, unless an unfinished job uses it.
     *
     * @return whether it is gone
     */
    @WithTransaction
    Uni<Boolean> removeUnused(Provider known, ProviderClaims claims) {
        return locked(known.id)
                .invoke(row -> requireVersion(row, known.version))
                .chain(row -> claims.areNone(row)
                        .call(unused -> unused ? removed(row) : Uni.createFrom().voidItem()));
    }

    private Uni<Void> removed(Provider row) {
        return outbox.deleted(row.id)
                .chain(() -> delete(row))
                .chain(this::flush)
                .chain(() -> audit.done(Trace.deleted(row)));
    }

    /** Every provider, by id: there are as many as an operator can describe. */
    @WithSession
    Uni<List<Provider>> all() {
        return list("order by id");
    }

    /**
     * Puts the same secrets in another form. Nobody needs to open the store anew, so the version stays.
     *
     * @return whether the row was still at the version
     */
    @WithTransaction
    Uni<Boolean> reseal(Provider row, String secrets) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(RESEAL)
                        .setParameter("secrets", secrets)
                        .setParameter("id", row.id)
                        .setParameter("version", row.version)
                        .executeUpdate())
                .map(changed -> changed == 1);
    }

    private static Uni<Integer> execute(String statement, Provider row) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(statement)
                        .setParameter("id", row.id)
                        .executeUpdate());
    }

    Uni<Provider> locked(long id) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE).onItem().ifNull().failWith(ProviderProblems::unknown);
    }

    PanacheQuery<Provider> query(ProviderRef ref) {
        return switch (ref) {
            case ProviderRef.ById byId -> find("id", byId.id());
            case ProviderRef.ByUuid byUuid -> find("providerUuid", byUuid.uuid());
            case ProviderRef.ByName byName -> find("providerName", byName.name());
        };
    }

    private static void requireVersion(Provider row, long version) {
        if (row.version != version) {
            throw ProviderProblems.changedMeanwhile(row.version);
        }
    }
}
