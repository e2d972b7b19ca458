package io.hermes.orchestrator.validate;

import io.hermes.contract.job.Strategy;
import io.hermes.orchestrator.plan.FilterCriteria;
import io.hermes.orchestrator.state.EngineCounters;
import io.hermes.orchestrator.state.MigrationSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who looks at the destination of a job, how far, and what was found. The planning columns serve both listings of a job. */
@ApplicationScoped
class ValidationRows {

    private static final String CLAIM = """
            UPDATE migration_job_progress p
               SET planning_owner = $1, planning_lease_until = clock_timestamp() + $2::bigint * interval '1 millisecond',
                   planning_epoch = p.planning_epoch + 1, planning_retry_at = NULL, updated_at = now()
              FROM migration_jobs j
             WHERE j.id = p.job_id
               AND p.job_id = (
                    SELECT c.job_id FROM migration_job_progress c JOIN migration_jobs k ON k.id = c.job_id
                     WHERE k.status = 'running' AND k.pending_action IS NULL AND k.validation_status = 'pending'
                       AND (c.planning_lease_until IS NULL OR c.planning_lease_until < now())
                       AND (c.planning_retry_at IS NULL OR c.planning_retry_at <= now())
                     ORDER BY c.job_id LIMIT 1 FOR NO KEY UPDATE OF c)
            RETURNING p.job_id, p.planning_epoch, p.validation_pass, p.listing_token, p.migrated, j.strategy, j.dest_provider_uuid,
                      j.started_at, j.filter_criteria::text AS filter_criteria,
                      EXISTS (SELECT 1 FROM migration_items i
                               WHERE i.migration_job_id = p.job_id AND i.status = 'failed' AND i.dest_provider_id IS NULL) AS unread
            """;

    private static final String ADVANCE = """
            UPDATE migration_job_progress
               SET listing_token = $2, validated = validated + $3, invalid = invalid + $4, planning_retry_at = NULL,
                   planning_error = NULL, planning_lease_until = clock_timestamp() + $5::bigint * interval '1 millisecond',
                   last_progress_at = now(), sequence = sequence + 1, updated_at = now()
             WHERE job_id = $1
            RETURNING migrated, validated, invalid
            """;

    private static final String KEEP_ERRORS = """
            UPDATE migration_jobs
               SET validation_errors = (
                    SELECT jsonb_agg(error ORDER BY place)
                      FROM jsonb_array_elements(coalesce(validation_errors, '[]') || $2::jsonb) WITH ORDINALITY AS found (error, place)
                     WHERE place <= $3)
             WHERE id = $1
            """;

    private static final String WAIT = """
            UPDATE migration_job_progress
               SET planning_retry_at = clock_timestamp() + $2::bigint * interval '1 millisecond', planning_error = $3, planning_owner = NULL,
                   planning_lease_until = NULL, updated_at = now()
             WHERE job_id = $1
            """;

    private static final String FINISH = """
            WITH over AS (UPDATE migration_jobs SET validation_status = $2, updated_at = now() WHERE id = $1 RETURNING id)
            UPDATE migration_job_progress p SET planning_error = $3, listing_token = NULL, updated_at = now()
              FROM over WHERE p.job_id = over.id
            """;

    private final long leaseMillis;
    private final EngineCounters counters;

    ValidationRows(MigrationSettings settings, EngineCounters counters) {
        this.leaseMillis = settings.planning().lease().toMillis();
        this.counters = counters;
    }

    /** Takes over the look at the destination of one job that nobody looks at, if there is one. */
    Uni<Optional<ValidationClaim>> claim(SqlConnection tx, String owner) {
        return tx.preparedQuery(CLAIM)
                .execute(Tuple.of(owner, leaseMillis))
                .map(rows -> rows.stream().findFirst().map(ValidationRows::claim));
    }

    /** Moves on and keeps the lease. */
    Uni<Tally> advance(SqlConnection tx, long jobId, Stage next, long validated, long invalid) {
        return tx.preparedQuery(ADVANCE)
                .execute(Tuple.of(jobId, next.text(), validated, invalid, leaseMillis))
                .map(rows -> tally(rows.iterator().next()));
    }

    /** Keeps the first errors of a pass, up to the limit. */
    Uni<Void> keep(SqlConnection tx, long jobId, List<ValidationError> errors, int most) {
        if (errors.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        JsonArray found = new JsonArray();
        errors.stream().limit(most).map(ValidationError::json).forEach(found::add);
        return tx.preparedQuery(KEEP_ERRORS)
                .execute(Tuple.of(jobId, found, (long) most))
                .replaceWithVoid();
    }

    /** Gives the look back, to be gone on with later. */
    Uni<Void> waitFor(SqlConnection tx, long jobId, Duration pause, String error) {
        return tx.preparedQuery(WAIT)
                .execute(Tuple.of(jobId, pause.toMillis(), error))
                .replaceWithVoid();
    }

    /** The look is over. */
    Uni<Void> finish(SqlConnection tx, long jobId, boolean passed, Optional<String> error) {
        counters.validated(tx, passed);
        return tx.preparedQuery(FINISH)
                .execute(Tuple.of(jobId, passed ? "passed" : "failed", error.orElse(null)))
                .replaceWithVoid();
    }

    private static Tally tally(Row row) {
        return new Tally(row.getLong("migrated"), row.getLong("validated"), row.getLong("invalid"));
    }

    private static ValidationClaim claim(Row row) {
        return new ValidationClaim(
                row.getLong("job_id"),
                row.getInteger("planning_epoch"),
                row.getInteger("validation_pass"),
                Optional.ofNullable(row.getString("listing_token")).map(Stage::parse),
                row.getLong("migrated"),
                row.getBoolean("unread"),
                Strategy.valueOf(row.getString("strategy").toUpperCase(Locale.ROOT)),
                row.getUUID("dest_provider_uuid"),
                row.getOffsetDateTime("started_at").toInstant(),
                FilterCriteria.parse(row.getString("filter_criteria")));
    }
}
