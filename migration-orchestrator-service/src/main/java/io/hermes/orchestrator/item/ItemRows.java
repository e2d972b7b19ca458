package io.hermes.orchestrator.item;

import io.hermes.orchestrator.state.MigrationSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads items for a decision and writes what was decided. The locks of their jobs are held. */
@ApplicationScoped
public class ItemRows {

    /**
     * By number. The job is an expression, as in every statement that finds items of a job by something else than the job: to statistics
     * that do not know the job yet it has one row, and PostgreSQL would read all of its items to find it.
     */
    static final String LOCK = """
            SELECT id, migration_job_id, source_provider_id, status, reason, epoch, attempt_count, max_attempts, size_bytes,
                   source_revision, replaced_revision
              FROM migration_items WHERE id = ANY($1) AND migration_job_id + 0 = ANY($2)
             ORDER BY id FOR NO KEY UPDATE
            """;

    private static final String APPLY = """
            UPDATE migration_items m
               SET status = d.status, reason = d.reason, attempt_count = d.attempts, size_bytes = d.size,
                   source_revision = d.source_revision, replaced_revision = d.replaced_revision,
                   lease_until = clock_timestamp() + d.lease_millis * interval '1 millisecond',
                   next_attempt_at = clock_timestamp() + d.wait_millis * interval '1 millisecond',
                   queue_lapse_offsets = NULL, worker_id = d.worker_id,
                   document_uuid = coalesce(d.document_uuid, m.document_uuid),
                   dest_provider_id = coalesce(d.dest_key, m.dest_provider_id),
                   dest_revision = coalesce(d.dest_revision, m.dest_revision),
                   source_content_hash = coalesce(d.source_hash, m.source_content_hash),
                   dest_content_hash = coalesce(d.dest_hash, m.dest_content_hash),
                   content_match = coalesce(d.source_hash = d.dest_hash, m.content_match),
                   bytes_transferred = coalesce(d.bytes, m.bytes_transferred), duration_ms = coalesce(d.duration, m.duration_ms),
                   requests = coalesce(d.requests, m.requests),
                   error_code = CASE WHEN d.status IN ('completed', 'skipped') THEN NULL ELSE coalesce(d.code, m.error_code) END,
                   error_message = CASE WHEN d.status IN ('completed', 'skipped') THEN NULL
                                        ELSE coalesce(d.message, m.error_message) END,
                   is_retryable = coalesce(d.retryable, m.is_retryable),
                   dest_size_bytes = coalesce(d.dest_size, m.dest_size_bytes),
                   metadata = CASE WHEN d.remarks IS NULL THEN m.metadata ELSE coalesce(m.metadata, '{}') || d.remarks::jsonb END,
                   started_at = CASE WHEN d.status = 'pending' THEN m.started_at ELSE coalesce(m.started_at, now()) END,
                   completed_at = CASE WHEN d.status IN ('completed', 'failed', 'skipped') THEN now() END,
                   permit_until = NULL, updated_at = now()
              FROM unnest($1::bigint[], $2::text[], $3::text[], $4::int[], $5::bigint[], $6::text[], $7::text[], $8::bigint[],
                          $9::bigint[], $10::text[], $11::uuid[], $12::text[], $13::text[], $14::text[], $15::text[], $16::bigint[],
                          $17::bigint[], $18::int[], $19::text[], $20::text[], $21::boolean[], $22::text[], $23::bigint[])
                   AS d (id, status, reason, attempts, size, source_revision, replaced_revision, lease_millis, wait_millis, worker_id,
                         document_uuid, dest_key, dest_revision, source_hash, dest_hash, bytes, duration, requests, code, message,
                         retryable, remarks, dest_size)
             WHERE m.id = d.id
            """;

    /** A waiting task keeps its queue lease, a started one its lease proper. */
    private static final String RENEW = """
            UPDATE migration_items m
               SET lease_until = clock_timestamp() + CASE WHEN m.status = 'pending' OR m.reason = 'release_queued'
                                              THEN $3::bigint ELSE $4::bigint END * interval '1 millisecond'
              FROM unnest($1::bigint[], $2::int[]) AS d (id, epoch)
             WHERE m.id = d.id AND m.epoch = d.epoch AND m.lease_until IS NOT NULL AND m.status IN ('pending', 'in_progress')
            """;

    private final MigrationSettings settings;

    ItemRows(MigrationSettings settings) {
        this.settings = settings;
    }

    /** Locks these items in ascending order; what is not of one of these jobs is left out. */
    public Uni<Map<Long, Item>> lock(SqlConnection tx, Collection<Long> itemIds, Collection<Long> jobIds) {
        if (itemIds.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return tx.preparedQuery(LOCK)
                .execute(Tuple.of(itemIds.toArray(Long[]::new), jobIds.toArray(Long[]::new)))
                .map(rows ->
                        rows.stream().map(ItemRows::item).collect(Collectors.toMap(Item::id, Function.identity())));
    }

    /** Writes the changes, in one statement. */
    public Uni<Void> apply(SqlConnection tx, List<ItemChange> changes) {
        if (changes.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery(APPLY).execute(tuple(changes)).replaceWithVoid();
    }

    /** Renews the leases of tasks that a worker says it holds, unless it holds an older dispatch. */
    public Uni<Void> renew(SqlConnection tx, Map<Long, Integer> epochs) {
        if (epochs.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple tuple = Tuple.of(
                epochs.keySet().toArray(Long[]::new),
                epochs.values().toArray(Integer[]::new),
                settings.queueLease().toMillis(),
                settings.lease().toMillis());
        return tx.preparedQuery(RENEW).execute(tuple).replaceWithVoid();
    }

    static Item item(Row row) {
        return new Item(
                row.getLong("id"),
                row.getLong("migration_job_id"),
                row.getString("source_provider_id"),
                Standing.of(row.getString("status"), row.getString("reason")),
                row.getInteger("epoch"),
                row.getInteger("attempt_count"),
                row.getInteger("max_attempts"),
                row.getLong("size_bytes"),
                row.getString("source_revision"),
                row.getString("replaced_revision"));
    }

    private Tuple tuple(List<ItemChange> changes) {
        Tuple tuple = Tuple.tuple();
        tuple.addValue(column(changes, Long[]::new, change -> change.item().id()));
        tuple.addValue(column(
                changes, String[]::new, change -> change.item().standing().status()));
        tuple.addValue(column(changes, String[]::new, ItemChange::reason));
        tuple.addValue(column(changes, Integer[]::new, change -> change.item().attempts()));
        tuple.addValue(column(changes, Long[]::new, change -> change.item().size()));
        tuple.addValue(column(changes, String[]::new, change -> change.item().sourceRevision()));
        tuple.addValue(column(changes, String[]::new, change -> change.item().replacedRevision()));
        tuple.addValue(column(changes, Long[]::new, this::leaseMillis));
        tuple.addValue(column(changes, Long[]::new, ItemChange::waitMillis));
        tuple.addValue(column(changes, String[]::new, ItemChange::workerId));
        tuple.addValue(found(changes, java.util.UUID[]::new, ItemChange.Evidence::documentUuid));
        tuple.addValue(found(changes, String[]::new, ItemChange.Evidence::destKey));
        tuple.addValue(found(changes, String[]::new, ItemChange.Evidence::destRevision));
        tuple.addValue(found(changes, String[]::new, ItemChange.Evidence::sourceHash));
        tuple.addValue(found(changes, String[]::new, ItemChange.Evidence::destHash));
        tuple.addValue(found(changes, Long[]::new, ItemChange.Evidence::bytes));
        tuple.addValue(found(changes, Long[]::new, ItemChange.Evidence::durationMillis));
        tuple.addValue(found(changes, Integer[]::new, ItemChange.Evidence::requests));
        tuple.addValue(troubled(changes, String[]::new, ItemChange.Trouble::code));
        tuple.addValue(troubled(changes, String[]::new, ItemChange.Trouble::message));
        tuple.addValue(troubled(changes, Boolean[]::new, ItemChange.Trouble::retryable));
        tuple.addValue(found(changes, String[]::new, ItemRows::remarks));
        tuple.addValue(found(changes, Long[]::new, ItemChange.Evidence::destSize));
        return tuple;
    }

    private Long leaseMillis(ItemChange change) {
        return switch (change.lease()) {
            case RENEWED -> settings.lease().toMillis();
            case ENDED -> null;
        };
    }

    /** What is to be said about the metadata, replacing what was said before; {@code null} for nothing. */
    private static String remarks(ItemChange.Evidence evidence) {
        JsonObject remarks = new JsonObject();
        if (!evidence.metadataLoss().isEmpty()) {
            remarks.put("metadataLoss", new JsonArray(evidence.metadataLoss()));
        }
        if (!evidence.metadataDifferences().isEmpty()) {
            remarks.put("metadataDifferences", new JsonArray(evidence.metadataDifferences()));
        }
        return remarks.isEmpty() ? null : remarks.encode();
    }

    private static <T> T[] column(
            List<ItemChange> changes, java.util.function.IntFunction<T[]> array, Function<ItemChange, T> value) {
        return changes.stream().map(value).toArray(array);
    }

    private static <T> T[] found(
            List<ItemChange> changes,
            java.util.function.IntFunction<T[]> array,
            Function<ItemChange.Evidence, T> value) {
        return column(
                changes,
                array,
                change -> Optional.ofNullable(change.evidence()).map(value).orElse(null));
    }

    private static <T> T[] troubled(
            List<ItemChange> changes,
            java.util.function.IntFunction<T[]> array,
            Function<ItemChange.Trouble, T> value) {
        return column(
                changes,
                array,
                change -> Optional.ofNullable(change.trouble()).map(value).orElse(null));
    }
}
