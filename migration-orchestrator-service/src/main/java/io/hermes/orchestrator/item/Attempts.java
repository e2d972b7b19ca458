package io.hermes.orchestrator.item;

import io.hermes.orchestrator.state.EngineCounters;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;

/** The statements on {@code migration_attempts}. */
@ApplicationScoped
public class Attempts {

    private static final String APPEND = """
            INSERT INTO migration_attempts
                   (migration_job_id, migration_item_id, epoch, attempt, worker_id, outcome, error_code, error_message, duration_ms)
            SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::int[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[],
                                 $9::bigint[])
            """;

    private final EngineCounters counters;

    Attempts(EngineCounters counters) {
        this.counters = counters;
    }

    /** Keeps attempts for the ledger. */
    public Uni<Void> append(SqlConnection tx, List<Attempt> attempts) {
        if (attempts.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        counters.attemptsFailed(tx, codes(attempts.stream()));
        counters.attemptsRepeated(tx, codes(attempts.stream().filter(Attempt::again)));
        Tuple tuple = Tuple.tuple();
        tuple.addValue(attempts.stream().map(Attempt::jobId).toArray(Long[]::new));
        tuple.addValue(attempts.stream().map(Attempt::itemId).toArray(Long[]::new));
        tuple.addValue(attempts.stream().map(Attempt::epoch).toArray(Integer[]::new));
        tuple.addValue(attempts.stream().map(Attempt::attempt).toArray(Integer[]::new));
        tuple.addValue(attempts.stream().map(Attempt::workerId).toArray(String[]::new));
        tuple.addValue(attempts.stream().map(Attempt::outcome).toArray(String[]::new));
        tuple.addValue(attempts.stream().map(Attempt::code).toArray(String[]::new));
        tuple.addValue(attempts.stream().map(Attempt::message).toArray(String[]::new));
        tuple.addValue(attempts.stream().map(Attempt::durationMillis).toArray(Long[]::new));
        return tx.preparedQuery(APPEND).execute(tuple).replaceWithVoid();
    }

    private static List<String> codes(Stream<Attempt> attempts) {
        return attempts.map(Attempt::code).toList();
    }
}
