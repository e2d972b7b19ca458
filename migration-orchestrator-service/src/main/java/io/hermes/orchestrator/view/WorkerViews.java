package io.hermes.orchestrator.view;

import static io.hermes.orchestrator.view.JobState.instant;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Who works. */
@ApplicationScoped
public class WorkerViews {

    private static final String WORKERS = """
            SELECT worker_id, last_seen > now() - interval '30 seconds' AS alive, slots, in_flight, waiting, draining,
                   first_seen, last_seen
              FROM migration_workers ORDER BY first_seen, worker_id LIMIT 1000
            """;

    private final Pool pool;

    WorkerViews(@ReactiveDataSource("flow") Pool pool) {
        this.pool = pool;
    }

    /** All workers known, those that came first at the top. */
    public Uni<List<WorkerView>> all() {
        return pool.query(WORKERS)
                .mapping(WorkerViews::view)
                .execute()
                .map(rows -> rows.stream().toList());
    }

    private static WorkerView view(Row row) {
        return new WorkerView(
                row.getString("worker_id"),
                row.getBoolean("alive"),
                row.getInteger("slots"),
                row.getInteger("in_flight"),
                row.getInteger("waiting"),
                row.getBoolean("draining"),
                instant(row, "first_seen"),
                instant(row, "last_seen"));
    }
}
