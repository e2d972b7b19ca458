package io.hermes.orchestrator.item;

import io.hermes.contract.event.ErrorCode;
import io.hermes.orchestrator.state.MigrationSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Items whose lease is over, and what becomes of them. */
@ApplicationScoped
public class LapsedItems {

    static final String JOBS = """
            SELECT DISTINCT migration_job_id FROM (
                SELECT migration_job_id FROM migration_items
                 WHERE lease_until < now() AND status IN ('pending', 'in_progress') ORDER BY lease_until LIMIT 10000) lapsed
             ORDER BY migration_job_id
            """;

    /** {@code idx_migration_items_lease}; why the job is an expression, says {@link ItemRows#LOCK}. */
    static final String LOCK = """
            SELECT i.id, i.migration_job_id, i.source_provider_id, i.status, i.reason, i.epoch, i.attempt_count, i.max_attempts,
                   i.size_bytes, i.source_revision, i.replaced_revision, i.delivery_count, i.worker_id,
                   i.queue_lapse_offsets::text AS queue_lapse_offsets,
                   EXISTS (SELECT 1 FROM migration_outbox o WHERE o.migration_item_id = i.id) AS unsent
              FROM migration_items i
             WHERE i.id IN (SELECT id FROM migration_items
                             WHERE lease_until < now() AND migration_job_id + 0 = $1 AND status IN ('pending', 'in_progress')
                             LIMIT 1000)
             ORDER BY i.id FOR NO KEY UPDATE OF i
            """;

    private static final String RENEW_QUEUE = """
            UPDATE migration_items
               SET lease_until = clock_timestamp() + $2::bigint * interval '1 millisecond',
                   queue_lapse_offsets = coalesce(queue_lapse_offsets, $3::text::jsonb)
             WHERE id = ANY($1)
            """;

    private static final String READY = """
            UPDATE migration_items
               SET status = CASE WHEN reason IN ('releasing', 'release_queued') THEN status ELSE 'pending' END,
                   reason = CASE WHEN reason IN ('releasing', 'release_queued') THEN 'release_pending' END,
                   lease_until = NULL, queue_lapse_offsets = NULL, permit_until = NULL,
                   delivery_count = delivery_count + $2, updated_at = now()
             WHERE id = ANY($1)
            """;

    private static final String FAIL = """
            UPDATE migration_items
               SET status = 'failed', reason = NULL, lease_until = NULL, permit_until = NULL, delivery_count = delivery_count + 1,
                   error_code = $2, error_message = $3, is_retryable = true, completed_at = now(), updated_at = now()
             WHERE id = ANY($1)
            """;

    private final MigrationSettings settings;

    LapsedItems(MigrationSettings settings) {
        this.settings = settings;
    }

    /** Jobs with lapsed items, without locks. */
    public Uni<List<Long>> jobs(Pool pool) {
        return pool.preparedQuery(JOBS)
                .execute()
                .map(rows -> rows.stream()
                        .map(row -> row.getLong("migration_job_id"))
                        .toList());
    }

    /** A job's lapsed items. Its lock is held. */
    public Uni<List<LapsedItem>> lock(SqlConnection tx, long jobId) {
        return tx.preparedQuery(LOCK)
                .execute(Tuple.of(jobId))
                .map(rows -> rows.stream().map(LapsedItems::item).toList());
    }

    /** Waits one queue lease more; notes these offsets if none are noted yet. */
    public Uni<Void> renewQueueLease(SqlConnection tx, List<LapsedItem> items, String offsets) {
        return items.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(RENEW_QUEUE)
                        .execute(Tuple.of(ids(items), settings.queueLease().toMillis(), offsets))
                        .replaceWithVoid();
    }

    /** Makes them ready for another dispatch, which raises the epoch. */
    public Uni<Void> makeReady(SqlConnection tx, List<LapsedItem> items, boolean delivered) {
        return items.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(READY)
                        .execute(Tuple.of(ids(items), delivered ? 1 : 0))
                        .replaceWithVoid();
    }

    /** Gives them up: workers kept dying on them. */
    public Uni<Void> fail(SqlConnection tx, List<LapsedItem> items) {
        return items.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(FAIL)
                        .execute(Tuple.of(ids(items), ErrorCode.WORKER_LOST.name(), ErrorCode.WORKER_LOST.hint()))
                        .replaceWithVoid();
    }

    private static Long[] ids(List<LapsedItem> items) {
        return items.stream().map(lapsed -> lapsed.item().id()).toArray(Long[]::new);
    }

    private static LapsedItem item(Row row) {
        return new LapsedItem(
                ItemRows.item(row),
                row.getInteger("delivery_count"),
                row.getString("worker_id"),
                row.getBoolean("unsent"),
                row.getString("queue_lapse_offsets"));
    }
}
