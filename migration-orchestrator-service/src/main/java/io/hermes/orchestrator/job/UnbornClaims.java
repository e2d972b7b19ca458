package io.hermes.orchestrator.job;

import io.hermes.contract.provider.ClaimRelease;
import io.hermes.edge.problem.ApiProblem;
import io.quarkus.logging.Log;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Notes the claims of a job before they are asked for, and gives them back where the job never came to be because a process died in
 * between. A job is written only while its note stands, so claims that are given back belong to no job, however long a request took.
 * Replicas may sweep at the same time: the registry counts a release once.
 */
@ApplicationScoped
class UnbornClaims {

    private static final ClaimRelease NOTHING = new ClaimRelease(0, 0);

    private static final String NOTE = """
            INSERT INTO migration_unborn_claims (job_uuid, source_provider_uuid, dest_provider_uuid) VALUES ($1, $2, $3)
            """;

    private static final String BORN = "DELETE FROM migration_unborn_claims WHERE job_uuid = :job AND NOT abandoned";

    /** Requests take seconds. */
    private static final String ABANDON = """
            UPDATE migration_unborn_claims SET abandoned = true
             WHERE job_uuid IN (SELECT job_uuid FROM migration_unborn_claims
                                 WHERE noted_at < now() - interval '10 minutes' ORDER BY noted_at LIMIT 50)
            RETURNING job_uuid, source_provider_uuid, dest_provider_uuid
            """;

    private static final String FORGET = "DELETE FROM migration_unborn_claims WHERE job_uuid = $1";

    private final Pool pool;
    private final Providers providers;

    UnbornClaims(@ReactiveDataSource("flow") Pool pool, Providers providers) {
        this.pool = pool;
        this.providers = providers;
    }

    /** This job is going to claim these providers. */
    Uni<Void> note(Route route, UUID job) {
        return pool.preparedQuery(NOTE)
                .execute(Tuple.of(
                        job, route.source().providerUuid(), route.destination().providerUuid()))
                .replaceWithVoid();
    }

    /** The job is written, in the caller's transaction; fails with 503 {@code CREATION_TOO_SLOW} if its claims are given back by now. */
    Uni<Void> born(Mutiny.Session session, UUID job) {
        return session.createNativeQuery(BORN)
                .setParameter("job", job)
                .executeUpdate()
                .invoke(notes -> {
                    if (notes == 0) {
                        throw ApiProblem.of(
                                503,
                                "CREATION_TOO_SLOW",
                                "The job could not be written in time",
                                "Nothing was changed. Send the request again.");
                    }
                })
                .replaceWithVoid();
    }

    @Scheduled(
            identity = "unborn-claims",
            every = "${hermes.orchestrator.claim-sweep-interval:5s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> sweep() {
        return ReleaseRound.of(abandoned(), this::release);
    }

    private Uni<List<Row>> abandoned() {
        return pool.query(ABANDON).execute().map(rows -> rows.stream().toList());
    }

    private Uni<Void> release(Row row) {
        UUID job = row.getUUID("job_uuid");
        Log.infof("job %s never came to be; what it may have claimed is given back", job);
        return providers
                .release(row.getUUID("source_provider_uuid"), job, NOTHING)
                .chain(() -> providers.release(row.getUUID("dest_provider_uuid"), job, NOTHING))
                .chain(() -> pool.preparedQuery(FORGET).execute(Tuple.of(job)))
                .replaceWithVoid();
    }
}
