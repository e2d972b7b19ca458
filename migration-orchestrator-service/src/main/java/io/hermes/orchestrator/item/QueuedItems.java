package io.hermes.orchestrator.item;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Items that are dispatched and not yet started. The job's lock is held. */
@ApplicationScoped
public class QueuedItems {

    private static final String TAKE_BACK = """
            UPDATE migration_items
               SET reason = NULL, lease_until = NULL, queue_lapse_offsets = NULL, updated_at = now()
             WHERE id = ANY($1) AND status = 'pending' AND reason = 'queued'
            """;

    /**
     * Makes queued items ready again, because their tasks will not be sent.
     *
     * @return how many were queued
     */
    public Uni<Integer> takeBack(SqlConnection tx, List<Long> itemIds) {
        if (itemIds.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        return tx.preparedQuery(TAKE_BACK)
                .execute(Tuple.of(itemIds.toArray(Long[]::new)))
                .map(rows -> rows.rowCount());
    }
}
