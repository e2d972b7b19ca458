package io.hermes.orchestrator.state;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Changes of a job's state short of its end. Every statement is run under the lock that {@link JobLocks} took. */
@ApplicationScoped
public class JobStates {

    private static final String START = """
            WITH started AS (
                UPDATE migration_jobs SET status = 'running', started_at = now(), status_reason = NULL, updated_at = now()
                 WHERE id = $1 AND status = 'pending'
                RETURNING id)
            UPDATE migration_job_progress SET phase = 'planning', sequence = sequence + 1, updated_at = now()
             WHERE job_id IN (SELECT id FROM started)
            """;

    private static final String REQUEST = """
            UPDATE migration_jobs SET pending_action = $2, status_reason = $3, updated_at = now()
             WHERE id = $1 AND status IN ('running', 'paused')
            """;

    private static final String EXPLAIN = """
            UPDATE migration_jobs SET status_reason = $2, updated_at = now()
             WHERE id = $1 AND status = 'running' AND pending_action IS NULL AND status_reason IS DISTINCT FROM $2
            """;

    /** Pending becomes running, and its planning begins. */
    public Uni<Void> start(SqlConnection tx, LockedJob job) {
        return tx.preparedQuery(START).execute(Tuple.of(job.id())).replaceWithVoid();
    }

    /**
     * Notes what the job shall become once nothing of it is in flight.
     *
     * @return the job as it stands now, to be given to {@link Accounts#book} so that it happens at once where nothing is in flight
     */
    public Uni<LockedJob> request(SqlConnection tx, LockedJob job, PendingAction action, Optional<String> reason) {
        return tx.preparedQuery(REQUEST)
                .execute(Tuple.of(job.id(), action.word(), reason.orElse(null)))
                .replaceWith(() -> job.with(action, reason));
    }

    /** Notes which outage a running job is waiting out, or (empty) that there is none any more. */
    public Uni<Void> explain(SqlConnection tx, LockedJob job, Optional<String> reason) {
        if (job.statusReason().equals(reason) || !job.active()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery(EXPLAIN)
                .execute(Tuple.of(job.id(), reason.orElse(null)))
                .replaceWithVoid();
    }
}
