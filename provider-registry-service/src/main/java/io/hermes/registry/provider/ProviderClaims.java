package io.hermes.registry.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.hermes.contract.provider.ClaimRelease;
import io.hermes.contract.provider.ClaimRequest;
import io.hermes.contract.provider.ProviderStatus;
import io.hermes.registry.audit.Audit;
import io.hermes.registry.audit.Deed;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Which jobs use a provider. A claim is made once and released once; both may be repeated. A job that is retried claims again, and
 * its next release counts only what has been added since, because releases carry the job's totals.
 */
@ApplicationScoped
public class ProviderClaims {

    private static final String CLAIM = """
            INSERT INTO provider_claims (provider_id, job_uuid, job_name, role)
            VALUES (:provider, :job, :name, :role)
            ON CONFLICT (provider_id, job_uuid) DO UPDATE
            SET released_at = NULL, job_name = excluded.job_name, role = excluded.role
            """;

    private static final String HELD =
            "SELECT count(*) FROM provider_claims WHERE provider_id = :provider AND job_uuid = :job AND released_at IS NULL";

    private static final String OPEN_JOBS =
            "SELECT job_name FROM provider_claims WHERE provider_id = :provider AND released_at IS NULL ORDER BY claimed_at";

    private static final String OPEN_COUNTS =
            "SELECT provider_id, count(*) FROM provider_claims WHERE released_at IS NULL GROUP BY provider_id";

    private final ProviderRows rows;
    private final Counters counters;
    private final QuotaCrossings crossings;
    private final Audit audit;

    ProviderClaims(ProviderRows rows, Counters counters, QuotaCrossings crossings, Audit audit) {
        this.rows = rows;
        this.counters = counters;
        this.crossings = crossings;
        this.audit = audit;
    }

    /**
     * The job uses the provider. Fails 409 if it is disabled, or a destination that is not writable or full, and 404 if it is unknown. A
     * job that holds its claim keeps it, however full the store has become.
     */
    @WithTransaction
    public Uni<Void> claim(UUID provider, UUID job, ClaimRequest claim) {
        return rows.query(new ProviderRef.ByUuid(provider))
                .withLock(LockModeType.PESSIMISTIC_READ)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(ProviderProblems::unknown)
                .invoke(row -> requireUsable(row, claim.role()))
                .call(row -> requireRoom(row, job, claim.role()))
                .chain(row -> insert(row, job, claim))
                .chain(() ->
                        audit.done(new Deed("internal.claim", provider.toString(), null, null, claimed(job, claim))));
    }

    /** The job has ended. A claim that is unknown or released already changes nothing. */
    public Uni<Void> release(UUID provider, UUID job, ClaimRelease release) {
        Deed deed = new Deed("internal.release", provider.toString(), null, Map.of("job", text(job)), null);
        return counters.release(provider, job, release, deed)
                .invoke(change -> change.ifPresent(crossings::tell))
                .replaceWithVoid();
    }

    private static Map<String, JsonNode> claimed(UUID job, ClaimRequest claim) {
        return Map.of(
                "job", text(job),
                "jobName", text(claim.jobName()),
                "role", text(claim.role().name().toLowerCase(Locale.ROOT)));
    }

    private static JsonNode text(Object value) {
        return TextNode.valueOf(String.valueOf(value));
    }

    /** Within the caller's transaction: fails 409 with the jobs' names while there are any. */
    Uni<Void> requireNone(Provider row) {
        return openJobs(row.id)
                .invoke(jobs -> {
                    if (!jobs.isEmpty()) {
                        throw ProviderProblems.inUse(row.providerName, jobs);
                    }
                })
                .replaceWithVoid();
    }

    /** Within the caller's transaction: whether no unfinished job uses it. */
    Uni<Boolean> areNone(Provider row) {
        return openJobs(row.id).map(List::isEmpty);
    }

    /** How many jobs use each provider that is used at all, by the provider's number. */
    @WithSession
    Uni<Map<Long, Long>> counts() {
        return Panache.getSession()
                .chain(session ->
                        session.createNativeQuery(OPEN_COUNTS, Object[].class).getResultList())
                .map(counts -> counts.stream()
                        .collect(Collectors.toMap(
                                row -> ((Number) row[0]).longValue(), row -> ((Number) row[1]).longValue())));
    }

    private Uni<List<String>> openJobs(long provider) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(OPEN_JOBS, String.class)
                        .setParameter("provider", provider)
                        .getResultList());
    }

    private static Uni<Void> insert(Provider row, UUID job, ClaimRequest claim) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(CLAIM)
                        .setParameter("provider", row.id)
                        .setParameter("job", job)
                        .setParameter("name", claim.jobName())
                        .setParameter("role", claim.role().name().toLowerCase(Locale.ROOT))
                        .executeUpdate())
                .replaceWithVoid();
    }

    private static void requireUsable(Provider row, ClaimRequest.Role role) {
        if (row.status == ProviderStatus.DISABLED) {
            throw ProviderProblems.disabled(row.providerName);
        }
        if (role == ClaimRequest.Role.DESTINATION && !row.mayBeWritten()) {
            throw ProviderProblems.notWritable(row.providerName);
        }
    }

    private static Uni<Void> requireRoom(Provider row, UUID job, ClaimRequest.Role role) {
        if (role != ClaimRequest.Role.DESTINATION || Quota.state(row.quota, row.held()) != QuotaState.EXCEEDED) {
            return Uni.createFrom().voidItem();
        }
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(HELD, Long.class)
                        .setParameter("provider", row.id)
                        .setParameter("job", job)
                        .getSingleResult())
                .invoke(held -> {
                    if (held == 0) {
                        throw ProviderProblems.quotaExceeded(row);
                    }
                })
                .replaceWithVoid();
    }
}
