package io.hermes.registry.outbox;

import io.hermes.contract.provider.ProviderChanged;
import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.provider.StoreHealth;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** The relay's statements on {@code provider_outbox}. */
@ApplicationScoped
class OutboxRows {

    private static final int FORM = 1;

    /**
     * The oldest row of each provider: its next one is taken when this one is gone, by whichever replica, so that what is told of a
     * provider comes in order.
     */
    private static final String CLAIM = """
            SELECT id, provider_uuid, provider_name, provider_version, status, health_status, deleted
              FROM provider_outbox o
             WHERE NOT EXISTS (SELECT FROM provider_outbox older
                                WHERE older.provider_uuid = o.provider_uuid AND older.id < o.id)
             ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED
            """;

    private static final String DELETE = "DELETE FROM provider_outbox WHERE id = ANY($1)";

    private static final String WAITING = """
            SELECT count(*) AS pending,
                   coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8 AS oldest
              FROM provider_outbox
            """;

    private final Pool pool;

    OutboxRows(Pool pool) {
        this.pool = pool;
    }

    /**
     * What waits.
     *
     * @param pending changes that the broker has not acknowledged yet
     * @param oldestSeconds age of the oldest of them, 0 if there is none
     */
    record Waiting(long pending, double oldestSeconds) {}

    /** Takes up to {@code limit} rows that no other relay has; they stay taken until the transaction ends. */
    Uni<List<OutboxRow>> claim(SqlConnection tx, int limit) {
        return tx.preparedQuery(CLAIM)
                .mapping(OutboxRows::row)
                .execute(Tuple.of(limit))
                .map(OutboxRows::list);
    }

    /** Deletes rows that the broker has acknowledged. */
    Uni<Void> delete(SqlConnection tx, List<OutboxRow> rows) {
        return tx.preparedQuery(DELETE)
                .execute(Tuple.of(rows.stream().map(OutboxRow::id).toArray(Long[]::new)))
                .replaceWithVoid();
    }

    Uni<Waiting> waiting() {
        return pool.query(WAITING)
                .mapping(row -> new Waiting(row.getLong("pending"), row.getDouble("oldest")))
                .execute()
                .map(rows -> rows.iterator().next());
    }

    private static List<OutboxRow> list(RowSet<OutboxRow> rows) {
        return StreamSupport.stream(rows.spliterator(), false).toList();
    }

    private static OutboxRow row(Row row) {
        return new OutboxRow(
                row.getLong("id"),
                new ProviderChanged(
                        FORM,
                        row.getUUID("provider_uuid"),
                        row.getString("provider_name"),
                        row.getLong("provider_version"),
                        ProviderStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                        health(row.getString("health_status"))),
                row.getBoolean("deleted"));
    }

    private static StoreHealth health(String word) {
        return word == null ? StoreHealth.UNKNOWN : StoreHealth.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
