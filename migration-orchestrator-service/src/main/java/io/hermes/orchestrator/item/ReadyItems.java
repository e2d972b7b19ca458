package io.hermes.orchestrator.item;

import io.hermes.orchestrator.state.MigrationSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Items that wait for their dispatch, now or at a time of their own. */
@ApplicationScoped
public class ReadyItems {

    /** {@code idx_migration_items_ready}. */
    static final String PICK = """
            SELECT id, source_provider_id, document_uuid, size_bytes, source_revision, epoch, replaced_revision
              FROM migration_items
             WHERE migration_job_id = $1 AND status = 'pending' AND reason IS NULL
             ORDER BY id LIMIT $2
            """;

    static final String QUEUE = """
            UPDATE migration_items
               SET reason = 'queued', epoch = epoch + 1, lease_until = clock_timestamp() + $2::bigint * interval '1 millisecond',
                   queue_lapse_offsets = NULL, updated_at = now()
             WHERE id = ANY($1) AND status = 'pending' AND reason IS NULL
            """;

    /** {@code idx_migration_items_due}. */
    static final String DUE_JOBS = """
            SELECT DISTINCT migration_job_id FROM (
                SELECT migration_job_id FROM migration_items
                 WHERE next_attempt_at <= now() AND status = 'pending' ORDER BY next_attempt_at LIMIT 10000) due
            """;

    /** {@code idx_migration_items_due}; why the job is an expression, says {@link ItemRows#LOCK}. */
    static final String MAKE_READY = """
            UPDATE migration_items SET reason = NULL, next_attempt_at = NULL, updated_at = now()
             WHERE id IN (SELECT id FROM migration_items
                           WHERE next_attempt_at <= now() AND migration_job_id + 0 = $1 AND status = 'pending' LIMIT 10000)
               AND reason IN ('retry', 'deferred')
            """;

    private final MigrationSettings settings;

    ReadyItems(MigrationSettings settings) {
        this.settings = settings;
    }

    /** The oldest ready items of a job whose lock is held. */
    public Uni<List<ReadyItem>> pick(SqlConnection tx, long jobId, int limit) {
        return tx.preparedQuery(PICK)
                .execute(Tuple.of(jobId, limit))
                .map(rows -> rows.stream().map(ReadyItems::item).toList());
    }

    /** Makes them queued with the next epoch. */
    public Uni<Integer> queue(SqlConnection tx, List<ReadyItem> items) {
        Long[] ids = items.stream().map(ReadyItem::id).toArray(Long[]::new);
        return tx.preparedQuery(QUEUE)
                .execute(Tuple.of(ids, settings.queueLease().toMillis()))
                .map(rows -> rows.rowCount());
    }

    /** Jobs with items whose time has come. */
    public Uni<List<Long>> jobsWithDueItems(Pool pool) {
        return pool.preparedQuery(DUE_JOBS)
                .execute()
                .map(rows -> rows.stream()
                        .map(row -> row.getLong("migration_job_id"))
                        .toList());
    }

    /** Makes a job's due items ready. Its lock is held; its counters stay, for they were waiting all along. */
    public Uni<Integer> makeDueItemsReady(SqlConnection tx, long jobId) {
        return tx.preparedQuery(MAKE_READY).execute(Tuple.of(jobId)).map(rows -> rows.rowCount());
    }

    private static ReadyItem item(Row row) {
        return new ReadyItem(
                row.getLong("id"),
                row.getString("source_provider_id"),
                row.getUUID("document_uuid"),
                row.getLong("size_bytes"),
                row.getString("source_revision"),
                row.getInteger("epoch"),
                row.getString("replaced_revision"));
    }
}
