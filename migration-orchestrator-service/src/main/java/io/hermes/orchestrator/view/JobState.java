package io.hermes.orchestrator.view;

import io.hermes.orchestrator.state.Counters;
import io.hermes.orchestrator.state.JobStatus;
import io.hermes.orchestrator.state.PendingAction;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * Where a job stood at one instant: its status and its counters from one statement, so that they belong together.
 *
 * @param pausedAt when it was last paused; means something while it is
 * @param asOf the database's clock
 */
record JobState(
        long id,
        JobStatus status,
        String outcome,
        String statusReason,
        Optional<PendingAction> pendingAction,
        Validation validation,
        Instant startedAt,
        Instant completedAt,
        Instant pausedAt,
        Instant updatedAt,
        Planning planning,
        Counters counters,
        Bytes bytes,
        Pace pace,
        Reading reading,
        long retries,
        long sequence,
        Instant asOf) {

    /** Columns of a {@link JobState}, to be read from {@link #TABLES}. */
    static final String COLUMNS = """
            j.id, j.status, j.outcome, j.status_reason, j.pending_action, j.validation_status, j.validation_errors, j.started_at, j.completed_at, j.paused_at,
            greatest(j.updated_at, p.updated_at) AS updated_at, p.phase, p.planning_done,
            p.scanned, p.waiting, p.queued, p.in_progress, p.migrated, p.failed, p.skipped, p.scanned_bytes, p.open_bytes,
            p.migrated_bytes, r.bytes AS read_bytes, r.rate AS read_rate, r.moved_at AS read_at, p.rate_documents,
            p.rate_bytes, p.rate_at, p.last_progress_at, p.paused_millis, p.retries, p.sequence,
            p.validated, p.invalid, now() AS as_of
            """;

    /**
     * The job, its counters, and what workers that are alive read for it. Of a document only the present dispatch counts, only while it
     * is in progress, and never more than its size: so with the documents that have ended it never comes to more than the total.
     */
    static final String TABLES = """
             FROM migration_jobs j
             JOIN migration_job_progress p ON p.job_id = j.id
            CROSS JOIN LATERAL (
                  SELECT coalesce(sum(least(d.bytes, i.size_bytes)), 0)::bigint AS bytes,
                         (SELECT coalesce(sum(live.bytes_per_second), 0) FROM migration_worker_readings live
                           WHERE live.job_id = j.id AND j.status = 'running' AND live.seen_at > now() - interval '30 seconds') AS rate,
                         (SELECT max(any_one.moved_at) FROM migration_worker_readings any_one
                           WHERE any_one.job_id = j.id AND j.status = 'running') AS moved_at
                    FROM (SELECT h.item, h.epoch, max(h.bytes) AS bytes
                            FROM migration_worker_readings w
                           CROSS JOIN LATERAL unnest(w.item_ids, w.epochs, w.item_bytes) AS h (item, epoch, bytes)
                           WHERE w.job_id = j.id AND j.status = 'running' AND w.seen_at > now() - interval '30 seconds'
                           GROUP BY h.item, h.epoch) AS d
                    JOIN migration_items i
                      ON i.id = d.item AND i.migration_job_id = j.id AND i.epoch = d.epoch AND i.status = 'in_progress') AS r
            """;

    /**
     * What is known of the look at the destination.
     *
     * @param status {@code null} if there was none, or not yet
     * @param matched migrated documents found as they were written
     * @param mismatched migrated documents found otherwise, or not at all
     * @param first some of these
     */
    record Validation(String status, long matched, long mismatched, List<ValidationError> first) {

        static final Validation NONE = new Validation(null, 0, 0, List.of());

        static Validation of(Row row) {
            JsonArray errors = row.getJsonArray("validation_errors");
            return new Validation(
                    row.getString("validation_status"),
                    row.getLong("validated"),
                    row.getLong("invalid"),
                    errors == null
                            ? List.of()
                            : errors.stream()
                                    .map(JsonObject.class::cast)
                                    .map(ValidationError::of)
                                    .toList());
        }
    }

    /** How far the plan is. */
    record Planning(String phase, boolean done) {}

    /** Sizes as the plan knows them: all, of documents that may still change, and of those that are migrated. */
    record Bytes(long planned, long open, long migrated) {}

    /**
     * What workers are reading.
     *
     * @param bytes read so far of documents in flight
     * @param rate bytes a second, between the last two heartbeats
     * @param movedAt when a heartbeat last told of other figures; {@code null} if none did
     */
    record Reading(long bytes, double rate, Instant movedAt) {}

    /** What the projector measured last. */
    record Pace(double documents, double bytes, Instant measuredAt, Instant lastProgressAt, long pausedMillis) {}

    /** What a retry may better: documents that failed, and, as one, a destination that was not found as it was written. */
    long retryable() {
        return counters.failed() + (status == JobStatus.COMPLETED && statusReason != null ? 1 : 0);
    }

    static JobState of(Row row) {
        return new JobState(
                row.getLong("id"),
                JobStatus.of(row.getString("status")),
                row.getString("outcome"),
                row.getString("status_reason"),
                Optional.ofNullable(row.getString("pending_action")).map(PendingAction::of),
                Validation.of(row),
                instant(row, "started_at"),
                instant(row, "completed_at"),
                instant(row, "paused_at"),
                instant(row, "updated_at"),
                new Planning(row.getString("phase"), row.getBoolean("planning_done")),
                Counters.of(row),
                new Bytes(row.getLong("scanned_bytes"), row.getLong("open_bytes"), row.getLong("migrated_bytes")),
                pace(row),
                new Reading(row.getLong("read_bytes"), row.getDouble("read_rate"), instant(row, "read_at")),
                row.getLong("retries"),
                row.getLong("sequence"),
                instant(row, "as_of"));
    }

    private static Pace pace(Row row) {
        return new Pace(
                row.getDouble("rate_documents"),
                row.getDouble("rate_bytes"),
                instant(row, "rate_at"),
                instant(row, "last_progress_at"),
                row.getLong("paused_millis"));
    }

    /** The column as an instant, {@code null} if it is. */
    static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
