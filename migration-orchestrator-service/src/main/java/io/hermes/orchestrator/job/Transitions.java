package io.hermes.orchestrator.job;

import io.hermes.orchestrator.dispatch.Dispatcher;
import io.hermes.orchestrator.plan.Planner;
import io.hermes.orchestrator.state.JobLocks;
import io.hermes.orchestrator.state.LockedJob;
import io.hermes.orchestrator.state.Transactions;
import io.hermes.orchestrator.timeline.Timeline;
import io.hermes.orchestrator.timeline.TimelineEntry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.BiFunction;

/** What every change that a user asks for has in common: a transaction under the job's lock, an answer, and work that begins at once. */
@ApplicationScoped
class Transitions {

    private final Transactions transactions;
    private final JobLocks locks;
    private final Planner planner;
    private final Dispatcher dispatcher;
    private final Timeline timeline;

    Transitions(Transactions transactions, JobLocks locks, Planner planner, Dispatcher dispatcher, Timeline timeline) {
        this.transactions = transactions;
        this.locks = locks;
        this.planner = planner;
        this.dispatcher = dispatcher;
        this.timeline = timeline;
    }

    /** Runs the work under the job's lock. A job that was purged meanwhile is {@link Transition.Impossible}. */
    Uni<Transition> locked(long jobId, BiFunction<SqlConnection, LockedJob, Uni<Transition>> work) {
        return transactions.run(tx -> locks.lock(tx, jobId)
                .chain(found -> found.map(job -> work.apply(tx, job))
                        .orElseGet(() -> Uni.createFrom().item(new Transition.Impossible("absent")))));
    }

    /** The job as it stands now in this transaction, which holds its lock. */
    Uni<LockedJob> again(SqlConnection tx, long jobId) {
        return locks.lock(tx, jobId).map(found -> found.orElseThrow());
    }

    /** Tells of a change in the transaction that makes it. Before the change, where more may follow from it. */
    Uni<Void> tell(SqlConnection tx, LockedJob job, TimelineEntry entry) {
        return timeline.append(tx, job.id(), entry);
    }

    /** Whatever there is to plan or to dispatch of this job begins now rather than at the next tick. */
    void wake(long jobId) {
        planner.signal();
        dispatcher.signal(List.of(jobId));
    }

    static Uni<Transition> done() {
        return Uni.createFrom().item(new Transition.Done());
    }

    static Uni<Transition> alreadyThere() {
        return Uni.createFrom().item(new Transition.AlreadyThere());
    }

    static Uni<Transition> impossible(LockedJob job) {
        return Uni.createFrom().item(new Transition.Impossible(job.status().word()));
    }
}
