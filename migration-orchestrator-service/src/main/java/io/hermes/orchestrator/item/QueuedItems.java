package io.hermes.orchestrator.item;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Items that are dispatched and not yet started. The job's lock is held. */
@ApplicationScoped
public class QueuedItems {

    private static final String TAKE_BACK = """
            UPDATE migration_items m
               SET reason = NULL, lease_until = NULL, queue_lapse_offsets = NULL, updated_at = now()
              FROM unnest($1::bigint[], $2::int[]) AS d (id, epoch)
             WHERE m.id = d.id AND m.epoch = d.epoch AND m.status = 'pending' AND m.reason = 'queued'
            """;

    /**
     * Makes queued items ready again, because their tasks will not be sent.
     *
     * @param epochs the dispatch of each that will not be; an item that has been dispatched again since is left alone
     * @return how many were queued
     */
    public Uni<Integer> takeBack(SqlConnection tx, Map<Long, Integer> epochs) {
        if (epochs.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        return tx.preparedQuery(TAKE_BACK)
                .execute(Tuple.of(
                        epochs.keySet().toArray(Long[]::new), epochs.values().toArray(Integer[]::new)))
                .map(rows -> rows.rowCount());
    }
}
