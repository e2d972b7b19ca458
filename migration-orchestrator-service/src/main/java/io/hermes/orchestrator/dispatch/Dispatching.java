package io.hermes.orchestrator.dispatch;

import io.hermes.contract.task.CopyTask;
import io.hermes.orchestrator.dispatch.ProviderHolds.Gate;
import io.hermes.orchestrator.item.ReadyItem;
import io.hermes.orchestrator.item.ReadyItems;
import io.hermes.orchestrator.outbox.OutboxRows;
import io.hermes.orchestrator.state.Accounts;
import io.hermes.orchestrator.state.CounterChange;
import io.hermes.orchestrator.state.JobLocks;
import io.hermes.orchestrator.state.JobStates;
import io.hermes.orchestrator.state.LockedJob;
import io.hermes.orchestrator.state.MigrationSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** One dispatching transaction: items become queued and their outbox rows are written, both or neither. */
@ApplicationScoped
class Dispatching {

    /** Items of one transaction. */
    static final int BATCH = 500;

    private final JobLocks locks;
    private final JobStates states;
    private final Accounts accounts;
    private final ReadyItems ready;
    private final OutboxRows outbox;
    private final ProviderHolds holds;
    private final MigrationSettings settings;

    Dispatching(
            JobLocks locks,
            JobStates states,
            Accounts accounts,
            ReadyItems ready,
            OutboxRows outbox,
            ProviderHolds holds,
            MigrationSettings settings) {
        this.locks = locks;
        this.states = states;
        this.accounts = accounts;
        this.ready = ready;
        this.outbox = outbox;
        this.holds = holds;
        this.settings = settings;
    }

    /**
     * Dispatches what the job's window has room for, a batch at most.
     *
     * @return how many items were dispatched; fewer than {@link #BATCH} if there is no more room or nothing more to dispatch
     */
    Uni<Integer> batch(SqlConnection tx, long jobId) {
        return locks.lock(tx, jobId)
                .chain(job -> job.filter(LockedJob::active)
                        .map(active -> batch(tx, active))
                        .orElseGet(Dispatching::none));
    }

    private Uni<Integer> batch(SqlConnection tx, LockedJob job) {
        int room = Math.min(BATCH, Window.room(job, settings.dispatch()));
        if (room == 0 || job.counters().waiting() == 0) {
            return none();
        }
        return ready.pick(tx, job.id(), room).chain(items -> items.isEmpty() ? none() : throughGate(tx, job, items));
    }

    private Uni<Integer> throughGate(SqlConnection tx, LockedJob job, List<ReadyItem> items) {
        List<java.util.UUID> providers =
                List.of(job.terms().source(), job.terms().destination());
        Uni<Gate> gate = job.held() ? holds.pass(tx, providers) : ProviderHolds.open();
        return gate.chain(answer -> switch (answer) {
            case Gate.Open open -> queue(tx, job, items);
            case Gate.Probe probe ->
                states.explain(tx, job, ProviderHolds.reason(answer)).chain(() -> queue(tx, job, items.subList(0, 1)));
            case Gate.Closed closed ->
                states.explain(tx, job, ProviderHolds.reason(answer)).chain(Dispatching::none);
        });
    }

    private Uni<Integer> queue(SqlConnection tx, LockedJob job, List<ReadyItem> items) {
        CopyTask.ContentFilter filter = Tasks.filter(job);
        return ready.queue(tx, items)
                .chain(() -> outbox.append(
                        tx,
                        items.stream().map(item -> Tasks.row(job, item, filter)).toList()))
                .chain(() -> accounts.book(tx, job, CounterChange.dispatched(items.size())))
                .replaceWith(items.size());
    }

    private static Uni<Integer> none() {
        return Uni.createFrom().item(0);
    }
}
