package io.hermes.orchestrator.project;

import io.hermes.contract.event.Heartbeat;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Workers as their heartbeats show them. */
@ApplicationScoped
class Workers {

    private static final int LONGEST_VERSION = 64;
    private static final Heartbeat.Throughput UNTOLD = new Heartbeat.Throughput(0, 0);

    private static final String UPSERT = """
            INSERT INTO migration_workers (worker_id, slots, in_flight, waiting, draining, bytes_in_flight, documents_per_second,
                                           bytes_per_second, version)
            SELECT * FROM unnest($1::text[], $2::int[], $3::int[], $4::int[], $5::boolean[], $6::bigint[], $7::float8[], $8::float8[],
                                 $9::text[])
            ON CONFLICT (worker_id) DO UPDATE
               SET slots = excluded.slots, in_flight = excluded.in_flight, waiting = excluded.waiting, draining = excluded.draining,
                   bytes_in_flight = excluded.bytes_in_flight, documents_per_second = excluded.documents_per_second,
                   bytes_per_second = excluded.bytes_per_second, version = excluded.version, last_seen = now()
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
        tuple.addValue(values.stream().map(Workers::bytesInFlight).toArray(Long[]::new));
        tuple.addValue(values.stream().map(beat -> throughput(beat).documents()).toArray(Double[]::new));
        tuple.addValue(values.stream().map(beat -> throughput(beat).bytes()).toArray(Double[]::new));
        tuple.addValue(values.stream().map(Workers::version).toArray(String[]::new));
        return tx.preparedQuery(UPSERT).execute(tuple).replaceWithVoid();
    }

    private static long bytesInFlight(Heartbeat beat) {
        return beat.tasks().stream().mapToLong(Heartbeat.Held::bytes).sum();
    }

    private static Heartbeat.Throughput throughput(Heartbeat beat) {
        return Optional.ofNullable(beat.throughput()).orElse(UNTOLD);
    }

    private static String version(Heartbeat beat) {
        String version = Text.storable(beat.version());
        return version == null || version.length() <= LONGEST_VERSION ? version : version.substring(0, LONGEST_VERSION);
    }
}
