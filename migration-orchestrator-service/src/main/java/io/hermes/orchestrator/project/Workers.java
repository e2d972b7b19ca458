package io.hermes.orchestrator.project;

import io.hermes.contract.event.Heartbeat;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Workers as their heartbeats show them. */
@ApplicationScoped
class Workers {

    private static final String UPSERT = """
            INSERT INTO migration_workers (worker_id, slots, in_flight, waiting, draining)
            SELECT * FROM unnest($1::text[], $2::int[], $3::int[], $4::int[], $5::boolean[])
            ON CONFLICT (worker_id) DO UPDATE
               SET slots = excluded.slots, in_flight = excluded.in_flight, waiting = excluded.waiting, draining = excluded.draining,
                   last_seen = now()
            """;

    Uni<Void> seen(SqlConnection tx, Map<String, Heartbeat> heartbeats) {
        if (heartbeats.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Map<String, Heartbeat> ordered = new TreeMap<>(heartbeats);
        List<Heartbeat> values = List.copyOf(ordered.values());
        Tuple tuple = Tuple.tuple();
        tuple.addValue(ordered.keySet().toArray(String[]::new));
        tuple.addValue(values.stream().map(Heartbeat::slots).toArray(Integer[]::new));
        tuple.addValue(values.stream().map(Heartbeat::inFlight).toArray(Integer[]::new));
        tuple.addValue(values.stream().map(Heartbeat::waiting).toArray(Integer[]::new));
        tuple.addValue(values.stream().map(Heartbeat::draining).toArray(Boolean[]::new));
        return tx.preparedQuery(UPSERT).execute(tuple).replaceWithVoid();
    }
}
