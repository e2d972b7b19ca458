package io.hermes.orchestrator.view;

import io.hermes.orchestrator.sweep.ConsumerLag;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How far a job is, from one statement, so that its figures belong together. */
@ApplicationScoped
public class ProgressViews {

    static final String PROGRESS = "SELECT " + JobState.COLUMNS + """
            , j.job_uuid, j.strategy = 'verify' AS comparison,
              (SELECT count(*) FROM migration_workers WHERE last_seen > now() - interval '30 seconds') AS active_workers,
              CASE WHEN j.strategy = 'move' THEN
                (SELECT count(*) FROM migration_items
                  WHERE migration_job_id = j.id AND status = 'in_progress'
                    AND reason IN ('release_pending', 'release_queued', 'releasing'))
              ELSE 0 END AS releasing,
              CASE WHEN p.failed > 0 THEN
                (SELECT jsonb_agg(jsonb_build_object('code', error_code, 'count', n) ORDER BY n DESC, error_code)
                   FROM (SELECT error_code, count(*) AS n
                           FROM (SELECT error_code FROM migration_items
                                  WHERE migration_job_id = j.id AND status = 'failed' LIMIT 10000) AS first
                          GROUP BY error_code) AS counted)
              END AS errors
            """ + JobState.TABLES + " WHERE j.id = $1";

    private static final String PULSE = """
            SELECT p.sequence, j.updated_at FROM migration_jobs j JOIN migration_job_progress p ON p.job_id = j.id WHERE j.id = $1
            """;

    private final Pool pool;
    private final ConsumerLag lag;

    ProgressViews(@ReactiveDataSource("flow") Pool pool, ConsumerLag lag) {
        this.pool = pool;
        this.lag = lag;
    }

    /** The progress of a job that is known to exist. */
    public Uni<ProgressView> find(long jobId) {
        return pool.preparedQuery(PROGRESS)
                .mapping(this::view)
                .execute(Tuple.of(jobId))
                .map(rows -> rows.iterator().next());
    }

    /** Whether anything was written since; cheap enough to be asked twice a second. Empty if the job is gone. */
    public Uni<Optional<Pulse>> pulse(long jobId) {
        return pool.preparedQuery(PULSE)
                .mapping(row -> new Pulse(row.getLong("sequence"), JobState.instant(row, "updated_at")))
                .execute(Tuple.of(jobId))
                .map(rows -> rows.stream().findFirst());
    }

    /** What differs after every change of a job or its counters. */
    public record Pulse(long sequence, Instant updatedAt) {}

    private ProgressView view(Row row) {
        return ProgressView.of(
                JobState.of(row),
                new ProgressView.Context(
                        row.getUUID("job_uuid"),
                        row.getBoolean("comparison"),
                        new ProgressView.Workers(row.getLong("active_workers"), lag.tasks()),
                        row.getLong("releasing"),
                        errors(row.getJsonArray("errors"))));
    }

    private static List<ProgressView.TopError> errors(JsonArray counted) {
        return counted == null
                ? List.of()
                : counted.stream()
                        .map(JsonObject.class::cast)
                        .map(error -> topError(error.getString("code"), error.getLong("count")))
                        .toList();
    }

    private static ProgressView.TopError topError(String code, long count) {
        return new ProgressView.TopError(code, count, ErrorWords.of(code).retryable());
    }
}
