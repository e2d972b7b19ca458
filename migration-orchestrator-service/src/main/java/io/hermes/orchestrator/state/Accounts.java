package io.hermes.orchestrator.state;

import io.hermes.orchestrator.timeline.Timeline;
import io.hermes.orchestrator.timeline.TimelineEntry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jboss.logging.Logger;

/** Books changes of counters and runs the finish test, under the lock of the progress row. */
@ApplicationScoped
public class Accounts {

    private static final Logger LOG = Logger.getLogger(Accounts.class);

    /**
     * What a retry has still to make ready is still to come, as if it were not planned yet.
     *
     * <p>The rate is the average since the start at first, and later smoothed over some ten seconds. Each measurement weighs as much as
     * the time since the one before.
     */
    private static final String BOOK = """
            UPDATE migration_job_progress p
               SET scanned = p.scanned + d.scanned, waiting = p.waiting + d.waiting, queued = p.queued + d.queued,
                   in_progress = p.in_progress + d.in_progress, migrated = p.migrated + d.migrated,
                   failed = p.failed + d.failed, skipped = p.skipped + d.skipped,
                   scanned_bytes = p.scanned_bytes + d.bytes_scanned, open_bytes = p.open_bytes + d.bytes_open,
                   migrated_bytes = p.migrated_bytes + d.bytes_migrated, failed_bytes = p.failed_bytes + d.bytes_failed,
                   skipped_bytes = p.skipped_bytes + d.bytes_skipped,
                   retries = p.retries + d.retries, requests = p.requests + d.requests,
                   rate_documents = CASE WHEN d.closed > 0
                       THEN p.rate_documents + t.weight * (d.closed / t.seconds - p.rate_documents)
                       ELSE p.rate_documents END,
                   rate_bytes = CASE WHEN d.closed > 0
                       THEN p.rate_bytes + t.weight * (d.bytes_migrated / t.seconds - p.rate_bytes)
                       ELSE p.rate_bytes END,
                   rate_at = CASE WHEN d.closed > 0 THEN now() ELSE p.rate_at END,
                   last_progress_at = CASE WHEN d.closed > 0 THEN now() ELSE p.last_progress_at END,
                   sequence = p.sequence + 1, updated_at = now()
              FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
                          $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[],
                          $15::bigint[], $16::bigint[])
                   AS d (job_id, scanned, waiting, queued, in_progress, migrated, failed, skipped, bytes_scanned, bytes_open,
                         bytes_migrated, bytes_failed, bytes_skipped, retries, requests, closed)
              JOIN migration_job_progress before ON before.job_id = d.job_id
              JOIN migration_jobs j ON j.id = d.job_id
             CROSS JOIN LATERAL (SELECT
                    greatest(extract(epoch FROM now() - coalesce(before.rate_at, j.started_at, now())), 0.01)::double precision AS seconds,
                    greatest(extract(epoch FROM now() - coalesce(j.started_at, now())), 0.01)::double precision AS elapsed) m
             CROSS JOIN LATERAL (SELECT m.seconds, greatest(1 - exp(-m.seconds / 10), least(1, m.seconds / m.elapsed)) AS weight) t
             WHERE p.job_id = d.job_id
            RETURNING p.job_id AS id, p.scanned, p.waiting, p.queued, p.in_progress, p.migrated, p.failed, p.skipped,
                      p.planning_done AND p.retry_codes IS NULL AS planning_done
            """;

    private static final String END = """
            WITH ended AS (
                UPDATE migration_jobs
                   SET status = $2, outcome = $3, status_reason = $4, pending_action = NULL,
                       validation_status = nullif(validation_status, 'pending'), completed_at = now(), updated_at = now()
                 WHERE id = $1 AND status IN ('pending', 'running', 'paused')
                RETURNING id)
            UPDATE migration_job_progress p
               SET phase = 'finished', planning_owner = NULL, planning_lease_until = NULL, retry_codes = NULL, rate_documents = 0, rate_bytes = 0,
                   paused_millis = p.paused_millis + coalesce(CASE WHEN j.status = 'paused'
                       THEN (extract(epoch FROM now() - j.paused_at) * 1000)::bigint END, 0),
                   sequence = p.sequence + 1, updated_at = now()
              FROM ended, migration_jobs j
             WHERE p.job_id = ended.id AND j.id = ended.id
            RETURNING (extract(epoch FROM now() - j.started_at) * 1000)::bigint - p.paused_millis AS took
            """;

    private static final String PAUSE = """
            WITH paused AS (
                UPDATE migration_jobs SET status = 'paused', pending_action = NULL, paused_at = now(), updated_at = now()
                 WHERE id = $1 AND status = 'running'
                RETURNING id)
            UPDATE migration_job_progress
               SET planning_owner = NULL, planning_lease_until = NULL, rate_documents = 0, rate_bytes = 0,
                   sequence = sequence + 1, updated_at = now()
             WHERE job_id IN (SELECT id FROM paused)
            """;

    /** The counters against the rows themselves: once a job, at its end. */
    private static final String RECOUNT = """
            SELECT count(*) FILTER (WHERE status = 'completed') = p.migrated AND count(*) FILTER (WHERE status = 'failed') = p.failed
                   AND count(*) FILTER (WHERE status = 'skipped') = p.skipped AND count(i.id) = p.scanned AS agrees
              FROM migration_job_progress p
              LEFT JOIN migration_items i ON i.migration_job_id = p.job_id
             WHERE p.job_id = $1
             GROUP BY p.job_id
            """;

    private final Stop stop;
    private final Validations validations;
    private final Timeline timeline;
    private final EngineCounters counters;

    Accounts(Stop stop, Validations validations, Timeline timeline, EngineCounters counters) {
        this.stop = stop;
        this.validations = validations;
        this.timeline = timeline;
        this.counters = counters;
    }

    /**
     * Books the changes and ends the jobs that have nothing left to do.
     *
     * @param changes by locked job; {@link CounterChange#NONE} runs the finish test alone
     */
    public Uni<Void> book(SqlConnection tx, Map<LockedJob, CounterChange> changes) {
        if (changes.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        counters.booked(tx, changes.values());
        return tx.preparedQuery(BOOK).execute(tuple(changes)).chain(rows -> {
            List<LockedJob> booked = new ArrayList<>();
            rows.forEach(row -> booked.add(after(row, changes)));
            return settleAll(tx, booked);
        });
    }

    /** Books one job's change. */
    public Uni<Void> book(SqlConnection tx, LockedJob job, CounterChange change) {
        return book(tx, Map.of(job, change));
    }

    private static LockedJob after(Row row, Map<LockedJob, CounterChange> changes) {
        long id = row.getLong("id");
        LockedJob before = changes.keySet().stream()
                .filter(job -> job.id() == id)
                .findFirst()
                .orElseThrow();
        return before.with(Counters.of(row), row.getBoolean("planning_done"));
    }

    private Uni<Void> settleAll(SqlConnection tx, List<LockedJob> jobs) {
        return Multi.createFrom()
                .iterable(jobs)
                .onItem()
                .transformToUniAndConcatenate(job -> settle(tx, job))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> settle(SqlConnection tx, LockedJob job) {
        return switch (Verdict.of(job)) {
            case Verdict.Open open -> Uni.createFrom().voidItem();
            case Verdict.Completed completed -> afterValidation(tx, job, completed.outcome());
            case Verdict.Failed failed ->
                end(
                        tx,
                        job,
                        JobStatus.FAILED,
                        Outcome.FAILED,
                        job.statusReason().orElse(null));
            case Verdict.TooManyFailures tooMany ->
                stop.request(tx, job, PendingAction.FAIL, Optional.of(tooMany.reason()));
            case Verdict.Cancelled cancelled -> end(tx, job, JobStatus.CANCELLED, Outcome.CANCELLED, null);
            case Verdict.Paused paused -> pause(tx, job);
            case Verdict.Miscounted miscounted -> miscounted(tx, job);
        };
    }

    private Uni<Void> pause(SqlConnection tx, LockedJob job) {
        return tx.preparedQuery(PAUSE)
                .execute(Tuple.of(job.id()))
                .invoke(rows -> {
                    if (rows.rowCount() > 0) {
                        counters.jobEntered(tx, JobStatus.PAUSED);
                    }
                })
                .chain(() -> timeline.append(tx, job.id(), TimelineEntry.paused()));
    }

    /** Every document has ended; the job ends when the destination has been looked at, if it is to be. */
    private Uni<Void> afterValidation(SqlConnection tx, LockedJob job, Outcome outcome) {
        return validations.standing(tx, job).chain(validation -> switch (validation) {
            case Validation.UnderWay underWay ->
                job.pausing() ? pause(tx, job) : Uni.createFrom().voidItem();
            case Validation.Over over ->
                recount(tx, job, over.outcome(outcome), over.trouble().orElse(null));
        });
    }

    private Uni<Void> recount(SqlConnection tx, LockedJob job, Outcome outcome, String reason) {
        return tx.preparedQuery(RECOUNT)
                .execute(Tuple.of(job.id()))
                .chain(rows -> rows.iterator().next().getBoolean("agrees")
                        ? end(tx, job, JobStatus.COMPLETED, outcome, reason)
                        : miscounted(tx, job));
    }

    private Uni<Void> miscounted(SqlConnection tx, LockedJob job) {
        LOG.errorf(
                "accounting jobId=%d counters=%s: the counters do not agree with the items", job.id(), job.counters());
        return end(
                tx,
                job,
                JobStatus.FAILED,
                Outcome.FAILED,
                "ACCOUNTING: the counters do not agree with the items; an error of ours.");
    }

    /** Ends a job that has not ended yet. */
    public Uni<Void> end(SqlConnection tx, LockedJob job, JobStatus status, Outcome outcome, String reason) {
        LOG.infof(
                "job ended jobId=%d status=%s outcome=%s counters=%s",
                job.id(), status.word(), outcome.word(), job.counters());
        return tx.preparedQuery(END)
                .execute(Tuple.of(job.id(), status.word(), outcome.word(), reason))
                .invoke(rows -> rows.forEach(ended -> {
                    counters.jobEntered(tx, status);
                    counters.jobTook(tx, ended.getLong("took"));
                }))
                .chain(rows -> rows.rowCount() == 0
                        ? Uni.createFrom().voidItem()
                        : timeline.append(
                                tx,
                                job.id(),
                                TimelineEntry.ended(status.word(), outcome.word(), reason, tally(job.counters()))));
    }

    private static TimelineEntry.Tally tally(Counters counters) {
        return new TimelineEntry.Tally(counters.migrated(), counters.failed(), counters.skipped(), counters.scanned());
    }

    private static Tuple tuple(Map<LockedJob, CounterChange> changes) {
        Tuple tuple = Tuple.tuple();
        tuple.addValue(changes.keySet().stream().map(LockedJob::id).toArray(Long[]::new));
        List<ToLongFunction<CounterChange>> columns = List.of(
                CounterChange::scanned,
                CounterChange::waiting,
                CounterChange::queued,
                CounterChange::inProgress,
                CounterChange::migrated,
                CounterChange::failed,
                CounterChange::skipped,
                CounterChange::bytesScanned,
                CounterChange::bytesOpen,
                CounterChange::bytesMigrated,
                CounterChange::bytesFailed,
                CounterChange::bytesSkipped,
                CounterChange::retries,
                CounterChange::requests,
                CounterChange::closed);
        columns.forEach(column -> tuple.addValue(changes.keySet().stream()
                .map(job -> column.applyAsLong(changes.get(job)))
                .toArray(Long[]::new)));
        return tuple;
    }
}
