package io.hermes.orchestrator.project;

import io.hermes.contract.event.Heartbeat;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;

/** How far workers have read into documents that are not at their end: one row a worker and job, whatever the number of documents. */
@ApplicationScoped
class Readings {

    private static final String UPSERT = """
            WITH told AS (
                SELECT worker, job, array_agg(item ORDER BY item) AS items, array_agg(epoch ORDER BY item) AS epochs,
                       array_agg(bytes ORDER BY item) AS item_bytes, sum(bytes)::bigint AS bytes
                  FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::int[], $5::bigint[]) AS h (worker, job, item, epoch, bytes)
                 GROUP BY worker, job)
            INSERT INTO migration_worker_readings AS r (worker_id, job_id, item_ids, epochs, item_bytes, bytes)
            SELECT worker, job, items, epochs, item_bytes, bytes FROM told ORDER BY job, worker
            ON CONFLICT (job_id, worker_id) DO UPDATE
               SET item_ids = excluded.item_ids, epochs = excluded.epochs, item_bytes = excluded.item_bytes, bytes = excluded.bytes,
                   bytes_per_second = greatest(0, excluded.bytes - r.bytes) / greatest(1, extract(epoch FROM now() - r.seen_at)),
                   moved_at = CASE WHEN (excluded.item_ids, excluded.item_bytes) IS DISTINCT FROM (r.item_ids, r.item_bytes)
                                   THEN now() ELSE r.moved_at END,
                   seen_at = now()
            RETURNING job_id, moved_at = now() AS moved
            """;

    /** What a worker reads no more is what its newest heartbeat does not tell. */
    private static final String FORGET =
            "DELETE FROM migration_worker_readings WHERE worker_id = ANY($1) AND seen_at < now()";

    /**
     * Writes what the heartbeats tell of these jobs.
     *
     * @return jobs of which documents are read further than before
     */
    Uni<List<Long>> write(SqlConnection tx, Map<String, Heartbeat> heartbeats, Set<Long> jobs) {
        if (heartbeats.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        List<Reading> readings = new TreeMap<>(heartbeats)
                .entrySet().stream()
                        .flatMap(beat -> beat.getValue().tasks().stream().map(held -> new Reading(beat.getKey(), held)))
                        .filter(reading -> reading.held().bytes() > 0)
                        .filter(reading -> jobs.contains(reading.held().ref().jobId()))
                        .toList();
        return upsert(tx, readings)
                .call(() -> tx.preparedQuery(FORGET)
                        .execute(Tuple.of(heartbeats.keySet().toArray(String[]::new))));
    }

    private static Uni<List<Long>> upsert(SqlConnection tx, List<Reading> readings) {
        if (readings.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        Tuple tuple = Tuple.tuple();
        tuple.addValue(column(readings, String[]::new, Reading::worker));
        tuple.addValue(
                column(readings, Long[]::new, reading -> reading.held().ref().jobId()));
        tuple.addValue(
                column(readings, Long[]::new, reading -> reading.held().ref().itemId()));
        tuple.addValue(
                column(readings, Integer[]::new, reading -> reading.held().ref().epoch()));
        tuple.addValue(column(readings, Long[]::new, reading -> reading.held().bytes()));
        return tx.preparedQuery(UPSERT)
                .execute(tuple)
                .map(rows -> rows.stream()
                        .filter(row -> row.getBoolean("moved"))
                        .map(row -> row.getLong("job_id"))
                        .distinct()
                        .sorted()
                        .toList());
    }

    private static <T> T[] column(List<Reading> readings, IntFunction<T[]> array, Function<Reading, T> value) {
        return readings.stream().map(value).toArray(array);
    }

    private record Reading(String worker, Heartbeat.Held held) {}
}
