package io.hermes.orchestrator.state;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Looks for jobs that somebody should look after. Without locks: whoever acts on an answer asks again under the lock. */
@ApplicationScoped
public class RunningJobs {

    private static final String WAITING = """
            SELECT p.job_id FROM migration_job_progress p JOIN migration_jobs j ON j.id = p.job_id
             WHERE j.status = 'running' AND j.pending_action IS NULL AND p.waiting > 0 ORDER BY p.job_id
            """;

    private static final String WITHOUT_WORK = """
            SELECT p.job_id FROM migration_job_progress p JOIN migration_jobs j ON j.id = p.job_id
             WHERE j.status IN ('running', 'paused') AND p.queued = 0 AND p.in_progress = 0
               AND (j.pending_action IS NOT NULL OR (p.planning_done AND p.retry_codes IS NULL AND p.waiting = 0)) ORDER BY p.job_id
            """;

    private final Pool pool;

    RunningJobs(@ReactiveDataSource("flow") Pool pool) {
        this.pool = pool;
    }

    /** Running jobs with something to dispatch. */
    public Uni<List<Long>> withWaitingItems() {
        return ids(WAITING);
    }

    /** Jobs that should have ended: nothing of them is in flight and nothing is to come. */
    public Uni<List<Long>> withNothingLeft() {
        return ids(WITHOUT_WORK);
    }

    private Uni<List<Long>> ids(String query) {
        return pool.preparedQuery(query)
                .execute()
                .map(rows -> rows.stream().map(row -> row.getLong("job_id")).toList());
    }
}
