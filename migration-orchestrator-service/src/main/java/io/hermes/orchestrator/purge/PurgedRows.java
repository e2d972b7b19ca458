package io.hermes.orchestrator.purge;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The statements of the purge. Nothing here relies on a cascade: every row is deleted by a statement that is bounded. */
@ApplicationScoped
class PurgedRows {

    /** Rows of one transaction: a fraction of a second. */
    static final int BATCH = 5000;

    /** Replicas take turns by this number; it means nothing. */
    static final long TURN = 0x68_65_72_6d_65_73_70L;

    private static final String TAKE_TURN = "SELECT pg_try_advisory_xact_lock($1) AS taken";

    private static final String BEGUN =
            "SELECT id FROM migration_jobs WHERE purging_at IS NOT NULL ORDER BY id LIMIT 1";

    /** The claims of the job must be back at the registry, which needs its row for that. */
    private static final String DUE = """
            SELECT id FROM migration_jobs
             WHERE completed_at < now() - $1::bigint * interval '1 second' AND claims_released_at IS NOT NULL AND purging_at IS NULL
             ORDER BY completed_at LIMIT 1
            """;

    private static final String BEGIN = """
            UPDATE migration_jobs SET purging_at = now()
             WHERE id = $1 AND status IN ('completed', 'failed', 'cancelled') AND claims_released_at IS NOT NULL
               AND completed_at < now() - $2::bigint * interval '1 second'
            """;

    private static final String BATCH_OF =
            "DELETE FROM %1$s WHERE ctid = ANY(ARRAY(SELECT ctid FROM %1$s WHERE %2$s LIMIT $2))";

    /** In this order, so that nothing is left that points at something gone. */
    private static final List<String> BATCHES = List.of(
            BATCH_OF.formatted("migration_outbox", "migration_job_id = $1"),
            BATCH_OF.formatted("migration_attempts", "migration_job_id = $1"),
            BATCH_OF.formatted("migration_items", "migration_job_id = $1"),
            BATCH_OF.formatted("migration_timeline", "migration_job_id = $1"),
            BATCH_OF.formatted(
                    "migration_listed_documents",
                    "list_id IN (SELECT id FROM migration_document_lists WHERE migration_job_id = $1)"));

    /** Few rows each. */
    private static final List<String> LAST = List.of(
            "DELETE FROM migration_document_lists WHERE migration_job_id = $1",
            "DELETE FROM migration_request_keys WHERE job_id = $1",
            "DELETE FROM migration_job_progress WHERE job_id = $1",
            "DELETE FROM migration_jobs WHERE id = $1 AND purging_at IS NOT NULL");

    /** Whether it is this replica's turn, until its transaction ends. */
    Uni<Boolean> takeTurn(SqlConnection tx) {
        return tx.preparedQuery(TAKE_TURN)
                .execute(Tuple.of(TURN))
                .map(rows -> rows.iterator().next().getBoolean("taken"));
    }

    /** A job whose purge was begun, by whoever. */
    Uni<Optional<Long>> begun(SqlConnection tx) {
        return id(tx, BEGUN, Tuple.tuple());
    }

    /** The job that has been over for the longest time, if that is longer than this. */
    Uni<Optional<Long>> due(SqlConnection tx, Duration after) {
        return id(tx, DUE, Tuple.of(after.toSeconds()));
    }

    /** Hides the job from everybody, if it is still over. Its lock is held. */
    Uni<Void> begin(SqlConnection tx, long jobId, Duration after) {
        return tx.preparedQuery(BEGIN)
                .execute(Tuple.of(jobId, after.toSeconds()))
                .replaceWithVoid();
    }

    /**
     * Deletes the next rows of the job, at most {@link #BATCH}.
     *
     * @return how many; 0 when nothing is left but the job itself
     */
    Uni<Integer> batch(SqlConnection tx, long jobId) {
        AtomicInteger deleted = new AtomicInteger();
        return Multi.createFrom()
                .iterable(BATCHES)
                .onItem()
                .transformToUniAndConcatenate(statement -> deleted.get() == BATCH
                        ? Uni.createFrom().item(0)
                        : tx.preparedQuery(statement)
                                .execute(Tuple.of(jobId, BATCH - deleted.get()))
                                .map(rows -> deleted.addAndGet(rows.rowCount())))
                .collect()
                .last()
                .map(last -> deleted.get());
    }

    /** Deletes the job itself. */
    Uni<Void> last(SqlConnection tx, long jobId) {
        return Multi.createFrom()
                .iterable(LAST)
                .onItem()
                .transformToUniAndConcatenate(
                        statement -> tx.preparedQuery(statement).execute(Tuple.of(jobId)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Uni<Optional<Long>> id(SqlConnection tx, String query, Tuple parameters) {
        return tx.preparedQuery(query)
                .execute(parameters)
                .map(rows -> rows.stream().findFirst().map(row -> row.getLong("id")));
    }
}
