package io.hermes.orchestrator.item;

import io.hermes.orchestrator.state.CounterChange;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** Items that failed for good, until their user says otherwise. The job's lock is held. */
@ApplicationScoped
public class FailedItems {

    /**
     * As if they had never been tried: all attempts are theirs again. What went wrong before stays in {@code migration_attempts}; the
     * epoch goes on, so that nothing which is still under way from before can count.
     */
    private static final String MAKE_READY = """
            WITH ready AS (
                UPDATE migration_items
                   SET status = 'pending', reason = NULL, attempt_count = 0, delivery_count = 0, next_attempt_at = NULL,
                       lease_until = NULL, queue_lapse_offsets = NULL, worker_id = NULL, completed_at = NULL, error_code = NULL,
                       error_message = NULL, error_details = NULL, is_retryable = TRUE, updated_at = now()
                 WHERE migration_job_id = $1 AND status = 'failed'
                   AND ($2::text IS NULL OR error_code = $2) AND ($3::bigint IS NULL OR id = $3)
                RETURNING size_bytes)
            SELECT count(*) AS documents, coalesce(sum(size_bytes), 0)::bigint AS bytes FROM ready
            """;

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
     * Makes failed items ready again.
     *
     * @return what that adds to the job's counters; {@link CounterChange#NONE} if there were none
     */
    public Uni<CounterChange> makeReady(SqlConnection tx, long jobId, Selection selection) {
        return tx.preparedQuery(MAKE_READY)
                .execute(parameters(jobId, selection))
                .map(rows -> change(rows.iterator().next()));
    }

    private static Tuple parameters(long jobId, Selection selection) {
        return switch (selection) {
            case Selection.All all -> Tuple.of(jobId, null, null);
            case Selection.WithCode(String code) -> Tuple.of(jobId, code, null);
            case Selection.One(long itemId) -> Tuple.of(jobId, null, itemId);
        };
    }

    private static CounterChange change(Row row) {
        return CounterChange.retried(row.getLong("documents"), row.getLong("bytes"));
    }
}
