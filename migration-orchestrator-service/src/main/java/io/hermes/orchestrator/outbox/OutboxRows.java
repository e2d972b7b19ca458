package io.hermes.orchestrator.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The statements on {@code migration_outbox}. */
@ApplicationScoped
public class OutboxRows {

    /** Channel of the one NOTIFY per dispatching transaction. */
    static final String CHANNEL = "hermes_outbox";

    private static final String APPEND = """
            INSERT INTO migration_outbox (migration_job_id, migration_item_id, idempotent_key, event_type, topic, payload)
            SELECT job, item, key, type, topic, payload::json
              FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[])
                   AS r (job, item, key, type, topic, payload)
            """;

    /** Rows that a relay holds are left alone: they count as in flight. */
    private static final String WITHDRAW = """
            DELETE FROM migration_outbox
             WHERE id IN (SELECT id FROM migration_outbox WHERE migration_job_id = $1 FOR UPDATE SKIP LOCKED)
            RETURNING migration_item_id, substring(idempotent_key FROM '[0-9]+$')::int AS epoch
            """;

    /** By what is there, never by {@code id > last}: sequence order is not commit order. */
    private static final String CLAIM = """
            SELECT id, migration_job_id, migration_item_id, idempotent_key, event_type, topic, payload::text AS payload
              FROM migration_outbox ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED
            """;

    private static final String DELETE = "DELETE FROM migration_outbox WHERE id = ANY($1)";

    /** What this process says when it notifies; of the object, since classes may be initialised when an image of them is built. */
    private final String origin = UUID.randomUUID().toString();

    /** Writes rows, in the transaction that queues their items, and wakes the relays of all other replicas when it commits. */
    public Uni<Void> append(SqlConnection tx, List<OutboxRow> rows) {
        Tuple tuple = Tuple.tuple();
        tuple.addValue(rows.stream().map(OutboxRow::jobId).toArray(Long[]::new));
        tuple.addValue(rows.stream().map(OutboxRow::itemId).toArray(Long[]::new));
        tuple.addValue(rows.stream().map(OutboxRow::idempotentKey).toArray(String[]::new));
        tuple.addValue(rows.stream().map(OutboxRow::eventType).toArray(String[]::new));
        tuple.addValue(rows.stream().map(OutboxRow::topic).toArray(String[]::new));
        tuple.addValue(rows.stream().map(OutboxRow::payload).toArray(String[]::new));
        return tx.preparedQuery(APPEND)
                .execute(tuple)
                .chain(done ->
                        tx.query("NOTIFY %s, '%s'".formatted(CHANNEL, origin)).execute())
                .replaceWithVoid();
    }

    /** Whether a notification is this process's own: its relay was woken without it, and would look for rows that are gone. */
    boolean isOwn(String notification) {
        return origin.equals(notification);
    }

    /**
     * Deletes a job's unsent rows.
     *
     * @return the last dispatch among them of each item; a later one of the same item may be with the workers
     */
    public Uni<Map<Long, Integer>> withdraw(SqlConnection tx, long jobId) {
        return tx.preparedQuery(WITHDRAW).execute(Tuple.of(jobId)).map(rows -> {
            Map<Long, Integer> epochs = new HashMap<>();
            rows.forEach(row -> epochs.merge(row.getLong("migration_item_id"), row.getInteger("epoch"), Math::max));
            return epochs;
        });
    }

    /** Takes up to {@code limit} rows that no other relay has; they stay taken until the transaction ends. */
    Uni<List<OutboxRow>> claim(SqlConnection tx, int limit) {
        return tx.preparedQuery(CLAIM).execute(Tuple.of(limit)).map(OutboxRows::rows);
    }

    /** Deletes rows that were acknowledged, or can never be sent. */
    Uni<Void> delete(SqlConnection tx, List<OutboxRow> rows) {
        if (rows.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery(DELETE)
                .execute(Tuple.of(rows.stream().map(OutboxRow::id).toArray(Long[]::new)))
                .replaceWithVoid();
    }

    private static List<OutboxRow> rows(RowSet<Row> rows) {
        List<OutboxRow> found = new ArrayList<>();
        rows.forEach(row -> found.add(new OutboxRow(
                row.getLong("id"),
                row.getLong("migration_job_id"),
                row.getLong("migration_item_id"),
                row.getString("idempotent_key"),
                row.getString("event_type"),
                row.getString("topic"),
                row.getString("payload"))));
        return found;
    }
}
