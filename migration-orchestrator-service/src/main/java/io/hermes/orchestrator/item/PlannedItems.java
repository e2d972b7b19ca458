package io.hermes.orchestrator.item;

import io.hermes.orchestrator.state.CounterChange;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Puts listed documents into the job. The job's lock is held. */
@ApplicationScoped
public class PlannedItems {

    /** A key that the job already holds is left alone: pages may repeat, and planning may go on at an older token. */
    static final String INSERT = """
            WITH inserted AS (
                INSERT INTO migration_items (migration_job_id, source_provider_id, document_uuid, size_bytes, source_revision,
                                             max_attempts, status, reason, error_code, error_message, is_retryable, completed_at,
                                             dest_provider_id, dest_revision, source_content_hash, dest_content_hash, content_match, requests)
                SELECT $1, key, uuid, size, revision, $2, s.status, CASE s.status WHEN 'skipped' THEN 'identical' END, code, message,
                       code IS NULL, CASE WHEN s.status <> 'pending' THEN now() END,
                       dest_key, dest_revision, sha, sha, sha = sha, CASE s.status WHEN 'skipped' THEN 0 END
                  FROM unnest($3::text[], $4::uuid[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[])
                       AS d (key, uuid, size, revision, code, message, dest_key, dest_revision, sha)
                 CROSS JOIN LATERAL (SELECT CASE WHEN code IS NOT NULL THEN 'failed' WHEN sha IS NOT NULL THEN 'skipped'
                                                 ELSE 'pending' END AS status) s
                ON CONFLICT DO NOTHING
                RETURNING size_bytes, status)
            SELECT count(*) FILTER (WHERE status = 'pending') AS ready,
                   coalesce(sum(size_bytes) FILTER (WHERE status = 'pending'), 0)::bigint AS ready_bytes,
                   count(*) FILTER (WHERE status = 'failed') AS failed,
                   coalesce(sum(size_bytes) FILTER (WHERE status = 'failed'), 0)::bigint AS failed_bytes,
                   count(*) FILTER (WHERE status = 'skipped') AS skipped,
                   coalesce(sum(size_bytes) FILTER (WHERE status = 'skipped'), 0)::bigint AS skipped_bytes
              FROM inserted
            """;

    private static final String FOUND =
            "SELECT document_uuid FROM migration_items WHERE migration_job_id = $1 AND document_uuid = ANY($2)";

    /**
     * Inserts what is new.
     *
     * @return what that adds to the job's counters
     */
    public Uni<CounterChange> insert(SqlConnection tx, long jobId, int maxAttempts, List<PlannedItem> items) {
        if (items.isEmpty()) {
            return Uni.createFrom().item(CounterChange.NONE);
        }
        Tuple tuple = Tuple.of(jobId, maxAttempts);
        tuple.addValue(items.stream().map(PlannedItem::key).toArray(String[]::new));
        tuple.addValue(items.stream().map(PlannedItem::documentUuid).toArray(UUID[]::new));
        tuple.addValue(items.stream().map(PlannedItem::size).toArray(Long[]::new));
        tuple.addValue(items.stream().map(PlannedItem::revision).toArray(String[]::new));
        tuple.addValue(items.stream().map(PlannedItem::errorCode).toArray(String[]::new));
        tuple.addValue(items.stream().map(PlannedItem::errorMessage).toArray(String[]::new));
        tuple.addValue(copies(items, PlannedItem.Copy::destKey));
        tuple.addValue(copies(items, PlannedItem.Copy::destRevision));
        tuple.addValue(copies(items, PlannedItem.Copy::sha256));
        return tx.preparedQuery(INSERT)
                .execute(tuple)
                .map(rows -> change(rows.iterator().next()));
    }

    /** Which of these documents the job already holds. */
    public Uni<Set<UUID>> found(SqlConnection tx, long jobId, Collection<UUID> documents) {
        return tx.preparedQuery(FOUND)
                .execute(Tuple.of(jobId, documents.toArray(UUID[]::new)))
                .map(rows ->
                        rows.stream().map(row -> row.getUUID("document_uuid")).collect(Collectors.toSet()));
    }

    private static String[] copies(List<PlannedItem> items, Function<PlannedItem.Copy, String> part) {
        return items.stream()
                .map(item -> item.copy() == null ? null : part.apply(item.copy()))
                .toArray(String[]::new);
    }

    private static CounterChange change(Row row) {
        return CounterChange.planned(row.getLong("ready"), row.getLong("ready_bytes"))
                .plus(CounterChange.plannedFailed(row.getLong("failed"), row.getLong("failed_bytes")))
                .plus(CounterChange.plannedSkipped(row.getLong("skipped"), row.getLong("skipped_bytes")));
    }
}
