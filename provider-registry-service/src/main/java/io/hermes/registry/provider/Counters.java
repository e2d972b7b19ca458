package io.hermes.registry.provider;

import io.hermes.contract.provider.ClaimRelease;
import io.hermes.registry.audit.Audit;
import io.hermes.registry.audit.Deed;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;

/** The statement that adds what an ended job changed, once. */
@ApplicationScoped
class Counters {

    /**
     * Releases carry the job's totals, so a job that was retried counts with what it has added since. A scan that is under way is told:
     * what it has seen of the job's documents nobody knows.
     */
    private static final String RELEASE = """
            WITH held AS (
                SELECT c.provider_id, c.job_uuid, coalesce(c.documents, 0) AS documents, coalesce(c.bytes, 0) AS bytes
                FROM provider_claims c
                WHERE c.provider_id = :provider AND c.job_uuid = :job AND c.released_at IS NULL
                FOR UPDATE
            ), released AS (
                UPDATE provider_claims c SET released_at = clock_timestamp(), documents = :documents, bytes = :bytes
                FROM held WHERE c.provider_id = held.provider_id AND c.job_uuid = held.job_uuid
                RETURNING c.provider_id, c.role, :documents - held.documents AS documents, :bytes - held.bytes AS bytes
            ), told AS (
                UPDATE provider_scans s
                SET disturbed = TRUE, released_documents = s.released_documents + greatest(released.documents, 0),
                    released_bytes = s.released_bytes + greatest(released.bytes, 0)
                FROM released
                WHERE s.provider_id = released.provider_id AND s.lease_until IS NOT NULL
                  AND (released.role = 'destination' OR released.documents <> 0 OR released.bytes <> 0)
            )
            UPDATE provider_storage p
            SET document_count = greatest(p.document_count + released.documents, 0),
                total_size_bytes = greatest(p.total_size_bytes + released.bytes, 0),
                statistics_as_of = CASE WHEN released.documents = 0 AND released.bytes = 0
                                        THEN p.statistics_as_of ELSE clock_timestamp() END
            FROM released WHERE p.id = released.provider_id
            RETURNING p.document_count, p.total_size_bytes
            """;

    private final ProviderRows rows;
    private final Audit audit;

    Counters(ProviderRows rows, Audit audit) {
        this.rows = rows;
        this.audit = audit;
    }

    /**
     * Takes a claim back and adds what it brought; records it.
     *
     * @return the change; empty if the claim is unknown, or was taken back before
     */
    @WithTransaction
    Uni<Optional<Counted>> release(UUID provider, UUID job, ClaimRelease release, Deed deed) {
        return rows.query(new ProviderRef.ByUuid(provider))
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .chain(row -> row == null ? Uni.createFrom().item(Optional.<Counted>empty()) : add(row, job, release))
                .call(() -> audit.done(deed));
    }

    private static Uni<Optional<Counted>> add(Provider row, UUID job, ClaimRelease release) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(RELEASE, Object[].class)
                        .setParameter("provider", row.id)
                        .setParameter("job", job)
                        .setParameter("documents", release.documents())
                        .setParameter("bytes", release.bytes())
                        .getResultList())
                .map(changed -> changed.stream()
                        .findFirst()
                        .map(now -> new Counted(
                                row.providerName,
                                row.providerType,
                                row.quota,
                                row.held(),
                                new Amount(((Number) now[0]).longValue(), ((Number) now[1]).longValue()))));
    }
}
