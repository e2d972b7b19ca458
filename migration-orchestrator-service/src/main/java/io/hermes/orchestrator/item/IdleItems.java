package io.hermes.orchestrator.item;

import io.hermes.orchestrator.state.CounterChange;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** Items that nobody works at: they wait, or have failed. The job's lock is held. */
@ApplicationScoped
public class IdleItems {

    private static final String FIND =
            "SELECT status, reason, size_bytes FROM migration_items WHERE migration_job_id = $1 AND id = $2 FOR NO KEY UPDATE";

    /** What went wrong before stays in {@code migration_attempts}. */
    private static final String SKIP = """
            UPDATE migration_items
               SET status = 'skipped', reason = 'by_user', next_attempt_at = NULL, lease_until = NULL, queue_lapse_offsets = NULL,
                   error_code = NULL, error_message = NULL, error_details = NULL, completed_at = now(), updated_at = now()
             WHERE id = $1
            """;

    /** What became of the wish to skip an item. */
    public sealed interface Skipping {

        /** It is skipped now; the change is to be booked. */
        record Done(CounterChange change) implements Skipping {}

        /** It was. */
        record AlreadySkipped() implements Skipping {}

        /** It stands where nobody can take it out. */
        record Busy(Standing standing) implements Skipping {}
    }

    /** Skips an item that is known to be the job's. */
    public Uni<Skipping> skip(SqlConnection tx, long jobId, long itemId) {
        return tx.preparedQuery(FIND)
                .execute(Tuple.of(jobId, itemId))
                .map(rows -> rows.iterator().next())
                .chain(row -> skip(tx, itemId, row));
    }

    private static Uni<Skipping> skip(SqlConnection tx, long itemId, Row row) {
        Standing standing = Standing.of(row.getString("status"), row.getString("reason"));
        long size = row.getLong("size_bytes");
        return switch (standing) {
            case READY, RETRY, DEFERRED, FAILED ->
                tx.preparedQuery(SKIP)
                        .execute(Tuple.of(itemId))
                        .replaceWith(() -> new Skipping.Done(standing.left(size).plus(Standing.SKIPPED.entered(size))));
            case SKIPPED -> Uni.createFrom().item(new Skipping.AlreadySkipped());
            case QUEUED, COPYING, RELEASE_PENDING, RELEASE_QUEUED, RELEASING, COMPLETED ->
                Uni.createFrom().item(new Skipping.Busy(standing));
        };
    }
}
