package io.hermes.orchestrator.sweep;

import io.hermes.contract.topic.Topic;
import io.hermes.orchestrator.item.LapsedItems;
import io.hermes.orchestrator.state.Accounts;
import io.hermes.orchestrator.state.CounterChange;
import io.hermes.orchestrator.state.JobLocks;
import io.hermes.orchestrator.state.MigrationSettings;
import io.hermes.orchestrator.state.RunningJobs;
import io.hermes.orchestrator.state.Transactions;
import io.hermes.orchestrator.state.WorkReady;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Every 30 seconds: looks after lapsed leases, forgets silent workers, and ends jobs that should have ended. It acts on leases only
 * when the projector has committed everything that was reported before the sweep began, and one lease has passed since the
 * database, the broker or this replica came back.
 */
@ApplicationScoped
class Sweeper {

    private static final Logger LOG = Logger.getLogger(Sweeper.class);
    private static final int LOOKS = 20;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final String FORGET_SILENT_WORKERS =
            "DELETE FROM migration_workers WHERE last_seen < now() - interval '5 minutes'";

    private final Pool pool;
    private final Transactions transactions;
    private final BrokerOffsets broker;
    private final LapsedItems lapsed;
    private final LapsedLeases leases;
    private final RunningJobs running;
    private final JobLocks locks;
    private final Accounts accounts;
    private final Event<WorkReady> ready;
    private final Grace grace;

    Sweeper(
            @ReactiveDataSource("flow") Pool pool,
            Transactions transactions,
            BrokerOffsets broker,
            LapsedItems lapsed,
            LapsedLeases leases,
            RunningJobs running,
            JobLocks locks,
            Accounts accounts,
            Event<WorkReady> ready,
            MigrationSettings settings) {
        this.pool = pool;
        this.transactions = transactions;
        this.broker = broker;
        this.lapsed = lapsed;
        this.leases = leases;
        this.running = running;
        this.locks = locks;
        this.accounts = accounts;
        this.ready = ready;
        this.grace = new Grace(settings.lease(), System.nanoTime());
    }

    @Scheduled(
            every = "${hermes.migration.sweep-interval:30s}",
            delayed = "10s",
            identity = "sweep",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> tick() {
        return tidy().chain(() -> isCaughtUp())
                .chain(caughtUp ->
                        caughtUp && trusts() ? sweepLeases() : Uni.createFrom().voidItem())
                .onFailure()
                .recoverWithUni(this::interrupted);
    }

    /** Whether everything has worked for one lease. */
    boolean trusts() {
        return grace.isOver(System.nanoTime());
    }

    private Uni<Void> interrupted(Throwable failure) {
        grace.interrupted(System.nanoTime());
        LOG.warnf("sweep postponed by a lease, because something it needs is away: %s", failure);
        return Uni.createFrom().voidItem();
    }

    /** What needs neither broker nor grace. */
    private Uni<Void> tidy() {
        return pool.query(FORGET_SILENT_WORKERS)
                .execute()
                .chain(running::withNothingLeft)
                .chain(jobs -> each(jobs, this::finish));
    }

    private Uni<Void> finish(long jobId) {
        return transactions.run(tx -> locks.lock(tx, jobId)
                .chain(job -> job.map(known -> accounts.book(tx, known, CounterChange.NONE))
                        .orElseGet(() -> Uni.createFrom().voidItem())));
    }

    /**
     * Whether the projector has committed every event that was in the topic when this was asked. Commits trail by half a second, so
     * this waits a while: where events never cease, an instant at which all is committed may never come.
     */
    Uni<Boolean> isCaughtUp() {
        return broker.ends(Topic.EVENTS).chain(ends -> isCommitted(ends, LOOKS));
    }

    private Uni<Boolean> isCommitted(Offsets ends, int looks) {
        return broker.passed(Topic.PROJECTOR_GROUP, Topic.EVENTS).chain(committed -> {
            if (committed.reached(ends) || looks == 1) {
                return Uni.createFrom().item(committed.reached(ends));
            }
            return pause().chain(() -> isCommitted(ends, looks - 1));
        });
    }

    /** Between two looks. */
    Uni<Void> pause() {
        return Uni.createFrom().voidItem().onItem().delayIt().by(BETWEEN_LOOKS);
    }

    /** Looks after every lapsed lease there is. */
    Uni<Void> sweepLeases() {
        return lapsed.jobs(pool).chain(jobs -> jobs.isEmpty() ? Uni.createFrom().voidItem() : sweepLeases(jobs));
    }

    private Uni<Void> sweepLeases(List<Long> jobs) {
        return broker.ends(Topic.TASKS)
                .chain(ends ->
                        broker.passed(Topic.WORKER_GROUP, Topic.TASKS).map(committed -> new TaskTopic(ends, committed)))
                .chain(tasks -> each(jobs, job -> transactions.run(tx -> leases.sweep(tx, job, tasks))))
                .invoke(() -> ready.fire(WorkReady.of(jobs)));
    }

    private static Uni<Void> each(List<Long> jobs, Function<Long, Uni<Void>> step) {
        return Multi.createFrom()
                .iterable(jobs)
                .onItem()
                .transformToUniAndConcatenate(step::apply)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
