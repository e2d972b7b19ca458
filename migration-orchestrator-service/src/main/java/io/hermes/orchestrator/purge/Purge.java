package io.hermes.orchestrator.purge;

import io.hermes.orchestrator.state.JobLocks;
import io.hermes.orchestrator.state.MigrationSettings;
import io.hermes.orchestrator.state.Transactions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Deletes what is kept about jobs that ended longer ago than the policy says: items, attempts, timeline, what is left in the outbox, and
 * the job. What stands where because of it ({@code document_copies}) stays.
 *
 * <p>First the job is hidden, under its lock and for good: from then on it is answered with 404, takes no orders and cannot be run again.
 * Then its rows go in batches, each in a short transaction of its own; whoever dies over it is replaced. One replica at a time does it,
 * batch by batch.
 */
@ApplicationScoped
class Purge {

    private static final Logger LOG = Logger.getLogger(Purge.class);

    private final Transactions transactions;
    private final JobLocks locks;
    private final PurgedRows rows;
    private final MigrationSettings settings;
    private final Counter jobs;
    private final Counter deleted;

    Purge(
            Transactions transactions,
            JobLocks locks,
            PurgedRows rows,
            MigrationSettings settings,
            MeterRegistry meters) {
        this.transactions = transactions;
        this.locks = locks;
        this.rows = rows;
        this.settings = settings;
        this.jobs = Counter.builder("hermes.migration.purged.jobs")
                .description("jobs deleted because they ended long ago")
                .register(meters);
        this.deleted = Counter.builder("hermes.migration.purged.rows")
                .description("rows deleted with them: documents, attempts, timelines")
                .register(meters);
    }

    /** What became of one transaction. */
    sealed interface Step {

        /** There is nothing to purge, or another replica is at it. */
        record Idle() implements Step {}

        /** A job was hidden. */
        record Begun(long jobId) implements Step {}

        /** So many rows of it were deleted. */
        record Deleted(long jobId, int count) implements Step {}

        /** It is gone. */
        record Gone(long jobId) implements Step {}
    }

    @Scheduled(
            every = "${hermes.migration.purge.interval:10m}",
            delayed = "${hermes.migration.purge.interval:10m}",
            identity = "purge",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> tick() {
        return sweep(settings.purge().after());
    }

    /** Purges every job that ended longer ago than this; none if that is zero. */
    Uni<Void> sweep(Duration after) {
        if (after.isZero()) {
            return Uni.createFrom().voidItem();
        }
        return Multi.createBy()
                .repeating()
                .uni(() -> step(after))
                .whilst(step -> !(step instanceof Step.Idle))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** One transaction of it. */
    Uni<Step> step(Duration after) {
        return transactions
                .run(tx -> rows.takeTurn(tx).chain(mine -> mine ? step(tx, after) : idle()))
                .invoke(this::count);
    }

    private Uni<Step> step(SqlConnection tx, Duration after) {
        return rows.begun(tx)
                .chain(begun -> begun.isPresent()
                        ? delete(tx, begun.get())
                        : rows.due(tx, after).chain(due -> due.isPresent() ? begin(tx, due.get(), after) : idle()));
    }

    /** Somebody may have had it run again meanwhile; then it is left alone. */
    private Uni<Step> begin(SqlConnection tx, long jobId, Duration after) {
        return locks.lock(tx, jobId).chain(() -> rows.begin(tx, jobId, after)).replaceWith(() -> new Step.Begun(jobId));
    }

    private Uni<Step> delete(SqlConnection tx, long jobId) {
        return rows.batch(tx, jobId)
                .chain(count -> count > 0
                        ? Uni.createFrom().item(new Step.Deleted(jobId, count))
                        : rows.last(tx, jobId).replaceWith(() -> new Step.Gone(jobId)));
    }

    private static Uni<Step> idle() {
        return Uni.createFrom().item(new Step.Idle());
    }

    private void count(Step step) {
        switch (step) {
            case Step.Idle idle -> {}
            case Step.Begun(long jobId) -> LOG.infof("purge begins jobId=%d", jobId);
            case Step.Deleted(long jobId, int count) -> deleted.increment(count);
            case Step.Gone(long jobId) -> {
                jobs.increment();
                LOG.infof("job purged jobId=%d", jobId);
            }
        }
    }
}
