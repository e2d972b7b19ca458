package io.hermes.orchestrator.job;

import io.hermes.contract.job.Strategy;
import io.hermes.contract.provider.ClaimRelease;
import io.hermes.contract.provider.ClaimRequest;
import io.hermes.contract.provider.ClaimRequest.Role;
import io.hermes.edge.registry.RegistryClient;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * Gives the claims of ended jobs back to the registry, with what the job brought, until the registry has taken them. Replicas may
 * do it at the same time: the registry counts a release once, so no row is locked while HTTP is under way.
 */
@ApplicationScoped
class ClaimSweep {

    private static final String DUE = """
            SELECT j.id, j.job_uuid, j.job_name, j.strategy, j.source_provider_uuid, j.dest_provider_uuid
              FROM migration_jobs j
             WHERE j.claims_released_at IS NULL AND j.completed_at IS NOT NULL
             ORDER BY j.id LIMIT 50
            """;

    /**
     * What replaced another document added none, and how many bytes it added nobody knows. Only jobs that may replace, or that release
     * their sources, have their documents looked at for it; of all others the counters tell.
     */
    private static final String BROUGHT = """
            SELECT p.migrated - i.replaced AS brought, p.migrated_bytes - i.replaced_bytes AS brought_bytes,
                   i.released AS taken, i.released_bytes AS taken_bytes
              FROM migration_jobs j JOIN migration_job_progress p ON p.job_id = j.id
             CROSS JOIN LATERAL (
                   SELECT count(*) FILTER (WHERE replaced_revision IS NOT NULL) AS replaced,
                          coalesce(sum(size_bytes) FILTER (WHERE replaced_revision IS NOT NULL), 0)::bigint AS replaced_bytes,
                          count(*) FILTER (WHERE reason = 'released') AS released,
                          coalesce(sum(size_bytes) FILTER (WHERE reason = 'released'), 0)::bigint AS released_bytes
                     FROM migration_items
                    WHERE migration_job_id = j.id AND status = 'completed'
                      AND (j.conflict_policy = 'overwrite' OR j.strategy = 'move')) i
             WHERE j.id = $1
            """;

    private static final String DONE = """
            UPDATE migration_jobs SET claims_released_at = coalesce(claims_released_at, now())
             WHERE id = $1 AND completed_at IS NOT NULL
            """;

    private final Pool pool;
    private final RegistryClient registry;
    private final Providers providers;

    ClaimSweep(@ReactiveDataSource("flow") Pool pool, RegistryClient registry, Providers providers) {
        this.pool = pool;
        this.registry = registry;
        this.providers = providers;
    }

    /** One job's claims that are due. */
    private record Ended(long id, UUID job, String name, Strategy strategy, UUID source, UUID destination) {}

    /** What a job changed at either store. */
    private record Change(ClaimRelease source, ClaimRelease destination) {

        private static final ClaimRelease NOTHING = new ClaimRelease(0, 0);

        static final Change NONE = new Change(NOTHING, NOTHING);

        static Change of(Row row) {
            return new Change(
                    new ClaimRelease(-row.getLong("taken"), -row.getLong("taken_bytes")),
                    new ClaimRelease(row.getLong("brought"), row.getLong("brought_bytes")));
        }
    }

    @Scheduled(
            identity = "release-claims",
            every = "${hermes.orchestrator.claim-sweep-interval:5s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> sweep() {
        return ReleaseRound.of(due(), this::release);
    }

    private Uni<List<Ended>> due() {
        return pool.query(DUE)
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(ClaimSweep::ended)
                        .toList());
    }

    private Uni<Void> release(Ended job) {
        return change(job)
                .call(change -> providers.release(job.source(), job.job(), change.source()))
                .chain(change -> providers.release(job.destination(), job.job(), change.destination()))
                .chain(() -> pool.preparedQuery(DONE).execute(Tuple.of(job.id())))
                .chain(rows -> rows.rowCount() == 1 ? Uni.createFrom().voidItem() : takeBack(job));
    }

    /** A copy leaves its source as it was, and a comparison both stores. */
    private Uni<Change> change(Ended job) {
        return switch (job.strategy()) {
            case COPY, MOVE, MIRROR ->
                pool.preparedQuery(BROUGHT)
                        .execute(Tuple.of(job.id()))
                        .map(rows -> Change.of(rows.iterator().next()));
            case VERIFY -> Uni.createFrom().item(Change.NONE);
        };
    }

    /** The job was retried while its claims were given back. */
    private Uni<Void> takeBack(Ended job) {
        return registry.claim(job.source(), job.job(), new ClaimRequest(Role.SOURCE, job.name()))
                .chain(() -> registry.claim(
                        job.destination(),
                        job.job(),
                        new ClaimRequest(Providers.roleOfDestination(job.strategy()), job.name())));
    }

    private static Ended ended(Row row) {
        return new Ended(
                row.getLong("id"),
                row.getUUID("job_uuid"),
                row.getString("job_name"),
                Strategy.valueOf(row.getString("strategy").toUpperCase(Locale.ROOT)),
                row.getUUID("source_provider_uuid"),
                row.getUUID("dest_provider_uuid"));
    }
}
