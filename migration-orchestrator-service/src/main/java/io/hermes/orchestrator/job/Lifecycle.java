package io.hermes.orchestrator.job;

import io.hermes.orchestrator.dispatch.Withdrawal;
import io.hermes.orchestrator.plan.Planner;
import io.hermes.orchestrator.state.Accounts;
import io.hermes.orchestrator.state.JobLocks;
import io.hermes.orchestrator.state.JobStates;
import io.hermes.orchestrator.state.JobStatus;
import io.hermes.orchestrator.state.LockedJob;
import io.hermes.orchestrator.state.Outcome;
import io.hermes.orchestrator.state.PendingAction;
import io.hermes.orchestrator.state.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Starts and cancels jobs. Every transition may be asked for any number of times, by several replicas at once. */
@ApplicationScoped
public class Lifecycle {

    private final Transactions transactions;
    private final JobLocks locks;
    private final JobStates states;
    private final Accounts accounts;
    private final Withdrawal withdrawal;
    private final Planner planner;

    Lifecycle(
            Transactions transactions,
            JobLocks locks,
            JobStates states,
            Accounts accounts,
            Withdrawal withdrawal,
            Planner planner) {
        this.transactions = transactions;
        this.locks = locks;
        this.states = states;
        this.accounts = accounts;
        this.withdrawal = withdrawal;
        this.planner = planner;
    }

    /** A pending job becomes running, and its planning begins at once. */
    public Uni<Transition> start(long jobId) {
        return transactions
                .run(tx -> locks.lock(tx, jobId)
                        .chain(job -> job.map(known -> start(tx, known)).orElseGet(Lifecycle::absent)))
                .invoke(planner::signal);
    }

    /**
     * Nothing more is dispatched, what is unsent is taken back, and the job becomes cancelled as soon as nothing of it is in flight:
     * at once, or when the workers have answered. Cancelling never deletes a source.
     */
    public Uni<Transition> cancel(long jobId) {
        return transactions.run(tx -> locks.lock(tx, jobId)
                .chain(job -> job.map(known -> cancel(tx, known)).orElseGet(Lifecycle::absent)));
    }

    private Uni<Transition> start(SqlConnection tx, LockedJob job) {
        return switch (job.status()) {
            case PENDING -> states.start(tx, job).replaceWith(Transition.Done::new);
            case RUNNING -> result(new Transition.AlreadyThere());
            case PAUSED, COMPLETED, FAILED, CANCELLED -> impossible(job);
        };
    }

    private Uni<Transition> cancel(SqlConnection tx, LockedJob job) {
        return switch (job.status()) {
            case PENDING ->
                accounts.end(tx, job, JobStatus.CANCELLED, Outcome.CANCELLED, null)
                        .replaceWith(Transition.Done::new);
            case RUNNING, PAUSED ->
                job.pendingAction().equals(Optional.of(PendingAction.CANCEL))
                        ? result(new Transition.AlreadyThere())
                        : withdrawal
                                .request(tx, job, PendingAction.CANCEL, Optional.empty())
                                .replaceWith(Transition.Done::new);
            case CANCELLED -> result(new Transition.AlreadyThere());
            case COMPLETED, FAILED -> impossible(job);
        };
    }

    private static Uni<Transition> impossible(LockedJob job) {
        return result(new Transition.Impossible(job.status().word()));
    }

    private static Uni<Transition> absent() {
        return result(new Transition.Impossible("absent"));
    }

    private static Uni<Transition> result(Transition transition) {
        return Uni.createFrom().item(transition);
    }
}
