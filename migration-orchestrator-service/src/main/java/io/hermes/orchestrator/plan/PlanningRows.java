package io.hermes.orchestrator.plan;

import io.hermes.orchestrator.state.MigrationSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The planning columns of the progress row: who owns the planning, where it stands, when it goes on. */
@ApplicationScoped
class PlanningRows {

    private static final String CLAIM = """
            UPDATE migration_job_progress p
               SET planning_owner = $1, planning_lease_until = clock_timestamp() + $2::bigint * interval '1 millisecond',
                   planning_epoch = p.planning_epoch + 1, planning_retry_at = NULL, updated_at = now()
              FROM migration_jobs j
             WHERE j.id = p.job_id
               AND p.job_id = (
                    SELECT c.job_id FROM migration_job_progress c JOIN migration_jobs k ON k.id = c.job_id
                     WHERE k.status = 'running' AND k.pending_action IS NULL AND NOT c.planning_done
                       AND (c.planning_lease_until IS NULL OR c.planning_lease_until < now())
                       AND (c.planning_retry_at IS NULL OR c.planning_retry_at <= now())
                     ORDER BY c.job_id LIMIT 1 FOR NO KEY UPDATE OF c)
            RETURNING p.job_id, p.planning_epoch, p.listing_token, p.scanned, j.source_provider_uuid, j.started_at,
                      CASE WHEN j.strategy = 'copy' AND j.conflict_policy = 'skip_identical' AND j.verify = 'store_checked' AND NOT j.dry_run
                                 AND num_nonnulls(j.document_uuids, j.document_keys, j.document_list) = 0
                           THEN j.dest_provider_uuid END AS recalls_from,
                      j.filter_criteria::text AS filter_criteria, j.document_uuids, j.document_keys,
                      j.document_list
            """;

    private static final String ADVANCE = """
            UPDATE migration_job_progress
               SET listing_token = $3, planning_done = $4, planning_retry_at = NULL, planning_error = NULL,
                   phase = CASE WHEN $4 THEN 'transferring' ELSE phase END,
                   planning_owner = CASE WHEN $4 THEN NULL ELSE planning_owner END,
                   planning_lease_until = CASE WHEN $4 THEN NULL ELSE clock_timestamp() + $5::bigint * interval '1 millisecond' END,
                   updated_at = now()
             WHERE job_id = $1 AND planning_epoch = $2
            """;

    private static final String WAIT = """
            UPDATE migration_job_progress
               SET planning_retry_at = clock_timestamp() + $3::bigint * interval '1 millisecond', planning_error = $4, planning_owner = NULL,
                   planning_lease_until = NULL, updated_at = now()
             WHERE job_id = $1 AND planning_epoch = $2
            """;

    private final MigrationSettings settings;

    PlanningRows(MigrationSettings settings) {
        this.settings = settings;
    }

    /** Takes over the planning of one job that nobody plans, if there is one. */
    Uni<Optional<PlanClaim>> claim(SqlConnection tx, String owner) {
        return tx.preparedQuery(CLAIM)
                .execute(Tuple.of(owner, settings.planning().lease().toMillis()))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(claim(rows.iterator().next())));
    }

    /** Moves on to the next page, and keeps the lease. The job's lock is held and its epoch was checked. */
    Uni<Void> advance(SqlConnection tx, PlanClaim claim, Optional<String> token, boolean done) {
        Tuple tuple = Tuple.tuple();
        tuple.addValue(claim.jobId());
        tuple.addValue(claim.epoch());
        tuple.addValue(token.orElse(null));
        tuple.addValue(done);
        tuple.addValue(settings.planning().lease().toMillis());
        return tx.preparedQuery(ADVANCE).execute(tuple).replaceWithVoid();
    }

    /** Gives the planning back, to be gone on with later, from the same token. */
    Uni<Void> waitFor(SqlConnection tx, PlanClaim claim, Duration pause, String error) {
        return tx.preparedQuery(WAIT)
                .execute(Tuple.of(claim.jobId(), claim.epoch(), pause.toMillis(), error))
                .replaceWithVoid();
    }

    private static PlanClaim claim(Row row) {
        String[] keys = row.getArrayOfStrings("document_keys");
        UUID[] documents = row.getArrayOfUUIDs("document_uuids");
        FilterCriteria criteria = FilterCriteria.parse(row.getString("filter_criteria"));
        return new PlanClaim(
                row.getLong("job_id"),
                row.getInteger("planning_epoch"),
                Optional.ofNullable(row.getString("listing_token")),
                row.getLong("scanned"),
                row.getUUID("source_provider_uuid"),
                Optional.ofNullable(row.getUUID("recalls_from"))
                        .filter(destination -> criteria.contentFilter().isEmpty()),
                row.getOffsetDateTime("started_at").toInstant(),
                criteria,
                documents == null ? Set.of() : new LinkedHashSet<>(List.of(documents)),
                keys == null ? List.of() : List.of(keys),
                Optional.ofNullable(row.getLong("document_list")));
    }
}
