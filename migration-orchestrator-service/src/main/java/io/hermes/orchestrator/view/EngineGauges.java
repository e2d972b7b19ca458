package io.hermes.orchestrator.view;

import io.hermes.orchestrator.state.JobStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;

/**
 * How much there is to do, as of the last look: one statement every few seconds, never one a scrape. Every replica shows the same
 * numbers, so a query takes their maximum. While the database cannot be asked they are NaN, because nobody shall scale by old ones.
 */
@ApplicationScoped
class EngineGauges {

    private static final Logger LOG = Logger.getLogger(EngineGauges.class);

    /** The outbox holds no more than the windows of running jobs; its oldest row is the one with the least id. */
    private static final String LOOK = """
            SELECT (SELECT coalesce(jsonb_object_agg(status, n), '{}')
                      FROM (SELECT status, count(*) AS n FROM migration_jobs GROUP BY status) AS counted) AS jobs,
                   coalesce(sum(p.waiting + p.queued) FILTER (WHERE j.pending_action IS NULL), 0)::bigint AS backlog,
                   coalesce(sum(p.in_progress), 0)::bigint AS in_flight,
                   (SELECT count(*) FROM migration_outbox) AS outbox,
                   coalesce((SELECT extract(epoch FROM clock_timestamp() - created_at) FROM migration_outbox ORDER BY id LIMIT 1), 0)
                       ::float8 AS outbox_age
              FROM migration_jobs j JOIN migration_job_progress p ON p.job_id = j.id
             WHERE j.status = 'running'
            """;

    private final Pool pool;
    private final MeterRegistry meters;
    private volatile Seen seen;

    EngineGauges(@ReactiveDataSource("flow") Pool pool, MeterRegistry meters) {
        this.pool = pool;
        this.meters = meters;
        gauge("hermes.migration.backlog.items", "documents of running jobs that no worker has begun", Seen::backlog);
        gauge("hermes.migration.items.in.flight", "documents that a worker has begun", Seen::inFlight);
        gauge("hermes.migration.outbox.pending", "tasks that the broker has not acknowledged yet", Seen::outbox);
        gauge("hermes.migration.outbox.oldest.seconds", "age of the oldest of them", Seen::outboxAge);
        for (JobStatus status : JobStatus.values()) {
            // hermes_migration_jobs would be the family of the counter hermes_migration_jobs_total, and cannot be a
            // gauge beside it.
            Gauge.builder("hermes.migration.jobs.current", this, mine -> mine.read(now -> now.jobs(status)))
                    .description("jobs in a status now")
                    .tag("status", status.word())
                    .register(meters);
        }
    }

    @Scheduled(
            every = "${hermes.migration.gauge-interval:10s}",
            identity = "gauges",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> look() {
        return pool.preparedQuery(LOOK)
                .mapping(Seen::of)
                .execute()
                .invoke(rows -> seen = rows.iterator().next())
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(this::blind);
    }

    private Uni<Void> blind(Throwable failure) {
        LOG.debug("the gauges cannot ask the database", failure);
        seen = null;
        return Uni.createFrom().voidItem();
    }

    private void gauge(String name, String description, ToDoubleFunction<Seen> value) {
        Gauge.builder(name, this, mine -> mine.read(value))
                .description(description)
                .register(meters);
    }

    private double read(ToDoubleFunction<Seen> value) {
        Seen now = seen;
        return now == null ? Double.NaN : value.applyAsDouble(now);
    }

    /** One look. */
    private record Seen(JsonObject jobs, long backlog, long inFlight, long outbox, double outboxAge) {

        static Seen of(Row row) {
            return new Seen(
                    row.getJsonObject("jobs"),
                    row.getLong("backlog"),
                    row.getLong("in_flight"),
                    row.getLong("outbox"),
                    row.getDouble("outbox_age"));
        }

        long jobs(JobStatus status) {
            return jobs.getLong(status.word(), 0L);
        }
    }
}
