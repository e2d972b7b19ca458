package io.hermes.orchestrator.state;

import io.hermes.contract.job.ConflictPolicy;
import io.hermes.contract.job.Strategy;
import io.hermes.contract.job.Verify;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Takes the lock that comes first in every transaction that changes a job or one of its items. */
@ApplicationScoped
public class JobLocks {

    /**
     * Both rows are locked: of a row that is joined but not locked, PostgreSQL would show the state before the wait, so that a
     * projector which waited for a cancel would not see it.
     */
    private static final String LOCK = """
            SELECT j.id, j.job_uuid, j.status, j.pending_action, j.status_reason, j.strategy, j.conflict_policy, j.verify,
                   j.source_provider_uuid, j.dest_provider_uuid, j.concurrency, j.dispatch_window, j.max_attempts, j.dry_run,
                   j.max_failures, j.filter_criteria::text AS filter_criteria, p.planning_done, p.planning_epoch, p.rate_documents,
                   p.scanned, p.waiting, p.queued, p.in_progress, p.migrated, p.failed, p.skipped,
                   (SELECT count(*) FROM migration_workers w
                     WHERE NOT w.draining AND w.last_seen > now() - interval '30 seconds') AS workers,
                   EXISTS (SELECT 1 FROM provider_holds h
                            WHERE h.provider_uuid IN (j.source_provider_uuid, j.dest_provider_uuid)) AS held
              FROM migration_job_progress p
              JOIN migration_jobs j ON j.id = p.job_id
             WHERE p.job_id = ANY($1) AND j.purging_at IS NULL
             ORDER BY p.job_id
               FOR NO KEY UPDATE OF p, j
            """;

    /** Locks these jobs in ascending order and reads them; an unknown id is left out, and one whose job is being purged. */
    public Uni<Map<Long, LockedJob>> lock(SqlConnection tx, Collection<Long> jobIds) {
        if (jobIds.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return tx.preparedQuery(LOCK)
                .execute(Tuple.of(jobIds.toArray(Long[]::new)))
                .map(rows -> {
                    Map<Long, LockedJob> jobs = new LinkedHashMap<>();
                    rows.forEach(row -> jobs.put(row.getLong("id"), job(row)));
                    return jobs;
                });
    }

    /** Locks one job, if there is one of this id. */
    public Uni<Optional<LockedJob>> lock(SqlConnection tx, long jobId) {
        return lock(tx, List.of(jobId)).map(jobs -> Optional.ofNullable(jobs.get(jobId)));
    }

    private static LockedJob job(Row row) {
        return new LockedJob(
                row.getLong("id"),
                row.getUUID("job_uuid"),
                terms(row),
                JobStatus.of(row.getString("status")),
                Optional.ofNullable(row.getString("pending_action")).map(PendingAction::of),
                Optional.ofNullable(row.getString("status_reason")),
                row.getBoolean("planning_done"),
                row.getInteger("planning_epoch"),
                Counters.of(row),
                row.getDouble("rate_documents"),
                Math.max(1, row.getLong("workers").intValue()),
                row.getBoolean("held"));
    }

    private static JobTerms terms(Row row) {
        UUID source = row.getUUID("source_provider_uuid");
        UUID destination = row.getUUID("dest_provider_uuid");
        return new JobTerms(
                Strategy.valueOf(word(row, "strategy")),
                ConflictPolicy.valueOf(word(row, "conflict_policy")),
                Verify.valueOf(word(row, "verify")),
                source,
                destination,
                row.getInteger("concurrency"),
                Optional.ofNullable(row.getInteger("dispatch_window")),
                row.getInteger("max_attempts"),
                row.getBoolean("dry_run"),
                Optional.ofNullable(row.getString("max_failures")).map(FailureLimit::of),
                row.getString("filter_criteria"));
    }

    private static String word(Row row, String column) {
        return row.getString(column).toUpperCase(Locale.ROOT);
    }
}
