package io.hermes.orchestrator.item;

import io.hermes.orchestrator.state.CounterChange;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Items that failed for good, until their user says otherwise. The job's lock is held. */
@ApplicationScoped
public class FailedItems {

    /** Items of one transaction: a fraction of a second under the job's lock. */
    public static final int BATCH = 5000;

    /** In place of an error code: whatever it was. */
    public static final String ANY_CODE = "*";

    /**
     * As if they had never been tried: all attempts are theirs again, and hashes that did not agree are forgotten. What went wrong before
     * stays in {@code migration_attempts}; the epoch goes on, so that nothing which is still under way from before can count.
     *
     * <p>What only the destination has is no document to try again. It leaves the job, and comes back if the destination is looked through
     * again and still has it.
     */
    static final String MAKE_READY = """
            WITH picked AS (
                SELECT id, error_code FROM migration_items
                 WHERE migration_job_id = $1 AND (status, id) > ('failed', $3) AND (status, id) <= ('failed', $4)
                   AND ('*' = ANY($2::text[]) OR error_code = ANY($2))
                 ORDER BY status, id LIMIT $5),
            removed AS (
                DELETE FROM migration_items WHERE id IN (SELECT id FROM picked WHERE error_code = 'DEST_EXTRA')
                RETURNING size_bytes),
            ready AS (
                UPDATE migration_items
                   SET status = 'pending', reason = NULL, attempt_count = 0, delivery_count = 0, next_attempt_at = NULL,
                       lease_until = NULL, queue_lapse_offsets = NULL, worker_id = NULL, completed_at = NULL, error_code = NULL,
                       error_message = NULL, error_details = NULL, is_retryable = TRUE,
                       source_content_hash = CASE WHEN content_match THEN source_content_hash END,
                       dest_content_hash = CASE WHEN content_match THEN dest_content_hash END,
                       content_match = CASE WHEN content_match THEN TRUE END, dest_size_bytes = NULL, updated_at = now()
                 WHERE id IN (SELECT id FROM picked WHERE error_code <> 'DEST_EXTRA')
                RETURNING size_bytes)
            SELECT (SELECT count(*) FROM picked) AS picked, (SELECT coalesce(max(id), 0) FROM picked) AS last,
                   (SELECT count(*) FROM ready) AS documents, (SELECT coalesce(sum(size_bytes), 0)::bigint FROM ready) AS bytes,
                   (SELECT count(*) FROM removed) AS extras,
                   (SELECT coalesce(sum(size_bytes), 0)::bigint FROM removed) AS extra_bytes
            """;

    private static final String COUNT =
            "SELECT count(*) AS n FROM migration_items WHERE migration_job_id = $1 AND status = 'failed' AND error_code = $2";

    /** Which of a job's failed items. */
    public sealed interface Selection {

        /** Every one. */
        record All() implements Selection {}

        /** Those that ended with this error code. */
        record WithCode(String code) implements Selection {}

        /** This one. */
        record One(long itemId) implements Selection {}
    }

    /**
     * A batch that was made ready.
     *
     * @param change what that adds to the job's counters; {@link CounterChange#NONE} if there was nothing to do
     * @param last id of its last item
     * @param full whether there may be more behind it
     */
    public record Batch(CounterChange change, long last, boolean full) {}

    /**
     * Makes the next failed items ready again, at most {@link #BATCH}.
     *
     * @param codes error codes, {@link #ANY_CODE} among them for all
     * @param after items up to this id have had their turn
     */
    public Uni<Batch> makeReady(SqlConnection tx, long jobId, List<String> codes, long after) {
        return makeReady(tx, jobId, codes, after, Long.MAX_VALUE);
    }

    /** Makes one item ready again, if it has failed. */
    public Uni<Batch> makeReady(SqlConnection tx, long jobId, long itemId) {
        return makeReady(tx, jobId, List.of(ANY_CODE), itemId - 1, itemId);
    }

    /** How many have failed with this code. */
    public Uni<Long> count(SqlConnection tx, long jobId, String code) {
        return tx.preparedQuery(COUNT)
                .execute(Tuple.of(jobId, code))
                .map(rows -> rows.iterator().next().getLong("n"));
    }

    private Uni<Batch> makeReady(SqlConnection tx, long jobId, List<String> codes, long after, long upTo) {
        return tx.preparedQuery(MAKE_READY)
                .execute(Tuple.of(jobId, codes.toArray(String[]::new), after, upTo, BATCH))
                .map(rows -> batch(rows.iterator().next()));
    }

    private static Batch batch(Row row) {
        return new Batch(
                CounterChange.retried(row.getLong("documents"), row.getLong("bytes"))
                        .plus(CounterChange.removed(row.getLong("extras"), row.getLong("extra_bytes"))),
                row.getLong("last"),
                row.getLong("picked") == BATCH);
    }
}
