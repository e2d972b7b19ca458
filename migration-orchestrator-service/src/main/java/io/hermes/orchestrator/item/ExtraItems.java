package io.hermes.orchestrator.item;

import io.hermes.orchestrator.item.CopiedItems.Listed;
import io.hermes.orchestrator.state.CounterChange;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Documents that only the destination of a comparison has: items of their own, failed from the beginning. The job's lock is held. */
@ApplicationScoped
public class ExtraItems {

    /**
     * Such an item has no source key. In its place stands what no document can be called, for no segment of a key is empty. A document
     * whose source could not be read has no destination key yet; where both may be one, it is not called an extra one.
     */
    private static final String INSERT = """
            INSERT INTO migration_items (migration_job_id, source_provider_id, dest_provider_id, dest_size_bytes, dest_revision,
                                         max_attempts, status, error_code, error_message, is_retryable, completed_at)
            SELECT $1, 'destination://' || d.key, d.key, d.size, nullif(d.etag, ''), $2, 'failed', 'DEST_EXTRA', $3, FALSE, now()
              FROM unnest($4::text[], $5::bigint[], $6::text[]) AS d (key, size, etag)
             WHERE NOT EXISTS (
                    SELECT 1 FROM migration_items i
                     WHERE i.migration_job_id = $1 AND key_entry(i.dest_provider_id) = key_entry(d.key) AND i.dest_provider_id = d.key
                       AND i.dest_provider_id IS NOT NULL AND i.completed_at IS NOT NULL)
               AND NOT EXISTS (
                    SELECT 1 FROM migration_items i
                     WHERE i.migration_job_id = $1 AND key_entry(i.source_provider_id) = key_entry(d.key)
                       AND i.source_provider_id = d.key AND i.dest_provider_id IS NULL)
            ON CONFLICT DO NOTHING
            """;

    /**
     * Inserts what no item stands for.
     *
     * @return what that adds to the job's counters; bytes count at the source only
     */
    public Uni<CounterChange> insert(
            SqlConnection tx, long jobId, int maxAttempts, String message, List<Listed> listed) {
        if (listed.isEmpty()) {
            return Uni.createFrom().item(CounterChange.NONE);
        }
        Tuple tuple = Tuple.of(jobId, maxAttempts, message);
        tuple.addValue(listed.stream().map(Listed::key).toArray(String[]::new));
        tuple.addValue(listed.stream().map(Listed::size).toArray(Long[]::new));
        tuple.addValue(listed.stream().map(Listed::etag).toArray(String[]::new));
        return tx.preparedQuery(INSERT).execute(tuple).map(rows -> CounterChange.plannedFailed(rows.rowCount(), 0));
    }
}
