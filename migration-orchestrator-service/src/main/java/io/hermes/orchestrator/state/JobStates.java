package io.hermes.orchestrator.state;

import io.hermes.orchestrator.timeline.Timeline;
import io.hermes.orchestrator.timeline.TimelineEntry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Changes of a job's state short of its end. Every statement is run under the lock that {@link JobLocks} took. */
@ApplicationScoped
public class JobStates {

    private static final String START = """
            WITH started AS (
                UPDATE migration_jobs SET status = 'running', started_at = now(), status_reason = NULL, updated_at = now()
                 WHERE id = $1 AND status = 'pending' AND (selected_by <> 'documentList' OR document_list IS NOT NULL)
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

    /** What was paused does not count as time of the job, nor towards its rate. */
    private static final String RESUME = """
            WITH paused AS (
                SELECT id, coalesce((extract(epoch FROM now() - paused_at) * 1000)::bigint, 0) AS millis
                  FROM migration_jobs WHERE id = $1 AND status = 'paused'),
            resumed AS (
                UPDATE migration_jobs SET status = 'running', status_reason = NULL, paused_at = NULL, updated_at = now()
                 WHERE id IN (SELECT id FROM paused))
            UPDATE migration_job_progress p
               SET paused_millis = p.paused_millis + paused.millis, rate_at = now(), last_progress_at = now(),
                   sequence = p.sequence + 1, updated_at = now()
              FROM paused WHERE p.job_id = paused.id
            """;

    /** The planner may have let go already, because its page was not taken; another one shall not wait for its lease. */
    private static final String GO_ON = """
            WITH pausing AS (
                UPDATE migration_jobs SET pending_action = NULL, updated_at = now()
                 WHERE id = $1 AND status = 'running' AND pending_action = 'pause'
                RETURNING id)
            UPDATE migration_job_progress SET planning_owner = NULL, planning_lease_until = NULL, updated_at = now()
             WHERE job_id IN (SELECT id FROM pausing)
            """;

    /** The time since its end was nobody's. Its start stays, because ages of documents are counted from there. */
    private static final String REOPEN = """
            WITH ended AS (
                SELECT id, (extract(epoch FROM now() - completed_at) * 1000)::bigint AS millis
                  FROM migration_jobs WHERE id = $1 AND status IN ('completed', 'failed')),
            reopened AS (
                UPDATE migration_jobs
                   SET status = 'running', outcome = NULL, status_reason = NULL, pending_action = NULL, completed_at = NULL,
                       claims_released_at = NULL, validation_status = NULL, validation_errors = NULL, updated_at = now()
                 WHERE id IN (SELECT id FROM ended))
            UPDATE migration_job_progress p
               SET phase = CASE WHEN p.planning_done THEN 'transferring' ELSE 'planning' END, planning_retry_at = NULL,
                   planning_error = NULL, paused_millis = p.paused_millis + ended.millis, rate_at = now(), last_progress_at = now(),
                   sequence = p.sequence + 1, updated_at = now()
              FROM ended WHERE p.job_id = ended.id
            """;

    /** Without a hold it is the planner that waits, and that is for the source. */
    private static final String HELD = """
            SELECT coalesce((SELECT string_agg(CASE h.provider_uuid WHEN j.source_provider_uuid THEN j.source_provider_name
                                                                    ELSE j.dest_provider_name END, ' and ' ORDER BY h.provider_uuid)
                               FROM provider_holds h WHERE h.provider_uuid IN (j.source_provider_uuid, j.dest_provider_uuid)),
                            j.source_provider_name) AS providers
              FROM migration_jobs j WHERE j.id = $1
            """;

    private static final String MOVED =
            "UPDATE migration_job_progress SET sequence = sequence + 1, updated_at = now() WHERE job_id = ANY($1)";

    private static final String CLAIMS_DUE =
            "UPDATE migration_jobs SET claims_released_at = NULL WHERE id = $1 AND completed_at IS NOT NULL";

    private final Timeline timeline;
    private final EngineCounters counters;

    JobStates(Timeline timeline, EngineCounters counters) {
        this.timeline = timeline;
        this.counters = counters;
    }

    /**
     * Pending becomes running, and its planning begins.
     *
     * @return whether it did; a job that waits for its list of documents does not
     */
    public Uni<Boolean> start(SqlConnection tx, LockedJob job) {
        return running(tx, START, job);
    }

    /**
     * Notes what the job shall become once nothing of it is in flight.
     *
     * @return the job as it stands now, to be given to {@link Accounts#book} so that it happens at once where nothing is in flight
     */
    public Uni<LockedJob> request(SqlConnection tx, LockedJob job, PendingAction action, Optional<String> reason) {
        return tx.preparedQuery(REQUEST)
                .execute(Tuple.of(job.id(), action.word(), reason.orElse(null)))
                .chain(rows -> rows.rowCount() == 1 && action == PendingAction.FAIL
                        ? timeline.append(tx, job.id(), TimelineEntry.stopping(reason.orElse("")))
                        : Uni.createFrom().voidItem())
                .replaceWith(() -> job.with(action, reason));
    }

    /**
     * Paused becomes running; a pause that is still on its way is called off.
     *
     * @return the job as it stands now, to be given to {@link Accounts#book}: while it was paused, nobody asked whether too much has failed
     */
    public Uni<LockedJob> resume(SqlConnection tx, LockedJob job) {
        Uni<?> resumed = job.status() == JobStatus.PAUSED
                ? running(tx, RESUME, job)
                : tx.preparedQuery(GO_ON).execute(Tuple.of(job.id()));
        return resumed.replaceWith(job::running);
    }

    /**
     * An ended job runs again.
     *
     * @return the job as it stands now, to be given to {@link Accounts#book}
     */
    public Uni<LockedJob> reopen(SqlConnection tx, LockedJob job) {
        return running(tx, REOPEN, job).replaceWith(job::running);
    }

    /** Whether it was in the state that the statement asks for. */
    private Uni<Boolean> running(SqlConnection tx, String statement, LockedJob job) {
        return tx.preparedQuery(statement)
                .execute(Tuple.of(job.id()))
                .map(rows -> rows.rowCount() == 1)
                .invoke(begun -> {
                    if (begun) {
                        counters.jobEntered(tx, JobStatus.RUNNING);
                    }
                });
    }

    /** Whatever claims an ended job takes from now on are to be given back. */
    public Uni<Void> claimsDue(SqlConnection tx, LockedJob job) {
        return tx.preparedQuery(CLAIMS_DUE).execute(Tuple.of(job.id())).replaceWithVoid();
    }

    /** Documents of these jobs were read further: whoever watches them has something to see. */
    public Uni<Void> moved(SqlConnection tx, List<Long> jobIds) {
        if (jobIds.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery(MOVED)
                .execute(Tuple.of(jobIds.toArray(Long[]::new)))
                .replaceWithVoid();
    }

    /** Notes which outage a running job is waiting out, or (empty) that there is none any more. */
    public Uni<Void> explain(SqlConnection tx, LockedJob job, Optional<String> reason) {
        if (job.statusReason().equals(reason) || !job.active()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery(EXPLAIN)
                .execute(Tuple.of(job.id(), reason.orElse(null)))
                .chain(rows -> rows.rowCount() == 1
                        ? tell(tx, job, reason)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> tell(SqlConnection tx, LockedJob job, Optional<String> reason) {
        if (reason.isEmpty()) {
            return timeline.append(
                    tx, job.id(), TimelineEntry.returned(job.statusReason().orElse("")));
        }
        return tx.preparedQuery(HELD)
                .execute(Tuple.of(job.id()))
                .map(rows -> rows.iterator().next().getString("providers"))
                .chain(providers -> timeline.append(tx, job.id(), TimelineEntry.held(providers, reason.get())));
    }
}
