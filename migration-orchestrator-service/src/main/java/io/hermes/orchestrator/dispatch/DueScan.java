package io.hermes.orchestrator.dispatch;

import io.hermes.orchestrator.item.ReadyItems;
import io.hermes.orchestrator.state.JobLocks;
import io.hermes.orchestrator.state.RunningJobs;
import io.hermes.orchestrator.state.Transactions;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Every second: items whose retry or deferral is over become ready, and every running job with something waiting is signalled, in
 * case a signal was lost with a process.
 */
@ApplicationScoped
class DueScan {

    private final Pool pool;
    private final Transactions transactions;
    private final JobLocks locks;
    private final ReadyItems ready;
    private final RunningJobs running;
    private final Dispatcher dispatcher;

    DueScan(
            @ReactiveDataSource("flow") Pool pool,
            Transactions transactions,
            JobLocks locks,
            ReadyItems ready,
            RunningJobs running,
            Dispatcher dispatcher) {
        this.pool = pool;
        this.transactions = transactions;
        this.locks = locks;
        this.ready = ready;
        this.running = running;
        this.dispatcher = dispatcher;
    }

    @Scheduled(
            every = "1s",
            identity = "due-scan",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> tick() {
        return ready.jobsWithDueItems(pool)
                .onItem()
                .transformToMulti(jobs -> Multi.createFrom().iterable(jobs))
                .onItem()
                .transformToUniAndConcatenate(this::makeReady)
                .collect()
                .last()
                .chain(running::withWaitingItems)
                .invoke(dispatcher::signal)
                .replaceWithVoid();
    }

    private Uni<Integer> makeReady(long jobId) {
        return transactions.run(tx -> locks.lock(tx, jobId).chain(job -> ready.makeDueItemsReady(tx, jobId)));
    }
}
