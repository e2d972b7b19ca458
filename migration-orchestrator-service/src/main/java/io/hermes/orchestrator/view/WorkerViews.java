package io.hermes.orchestrator.view;

import static io.hermes.orchestrator.view.JobState.instant;

import io.hermes.orchestrator.sweep.ConsumerLag;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.annotation.Nullable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Who works. */
@ApplicationScoped
public class WorkerViews {

    private static final String WORKERS = """
            SELECT worker_id, alive, slots, in_flight, waiting, draining, version, first_seen, last_seen,
                   CASE WHEN alive THEN documents_per_second ELSE 0 END AS rate,
                   CASE WHEN alive THEN bytes_in_flight ELSE 0 END AS bytes_in_flight,
                   CASE WHEN alive THEN bytes_per_second ELSE 0 END AS byte_rate
              FROM (SELECT *, last_seen > now() - interval '30 seconds' AS alive
                      FROM migration_workers ORDER BY first_seen, worker_id LIMIT 1000) AS known
             ORDER BY first_seen, worker_id
            """;

    private final Pool pool;
    private final ConsumerLag lag;

    WorkerViews(@ReactiveDataSource("flow") Pool pool, ConsumerLag lag) {
        this.pool = pool;
        this.lag = lag;
    }

    /** All workers known, those that came first at the top. */
    public Uni<List<WorkerView>> all() {
        return pool.query(WORKERS)
                .mapping(WorkerViews::view)
                .execute()
                .map(rows -> rows.stream().toList());
    }

    /** Tasks that lie in the broker and that the workers have not committed, {@code null} while unknown. */
    public @Nullable Long consumerLag() {
        return lag.tasks();
    }

    private static WorkerView view(Row row) {
        return new WorkerView(
                row.getString("worker_id"),
                row.getBoolean("alive"),
                row.getInteger("slots"),
                row.getInteger("in_flight"),
                row.getInteger("waiting"),
                row.getBoolean("draining"),
                Figures.tenths(row.getDouble("rate")),
                new WorkerView.Bytes(row.getLong("bytes_in_flight"), Math.round(row.getDouble("byte_rate"))),
                row.getString("version"),
                instant(row, "first_seen"),
                instant(row, "last_seen"));
    }
}
