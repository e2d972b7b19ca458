package io.hermes.orchestrator.job;

import io.hermes.orchestrator.dispatch.Dispatcher;
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
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Starts, pauses, resumes and cancels jobs. Every transition may be asked for any number of times, by several replicas at once. */
@ApplicationScoped
public class Lifecycle {

    private final Transactions transactions;
    private final JobLocks locks;
    private final JobStates states;
    private final Accounts accounts;
    private final Withdrawal withdrawal;
    private final Planner planner;
    private final Dispatcher dispatcher;

    Lifecycle(
            Transactions transactions,
            JobLocks locks,
            JobStates states,
            Accounts accounts,
            Withdrawal withdrawal,
            Planner planner,
            Dispatcher dispatcher) {
        this.transactions = transactions;
        this.locks = locks;
        this.states = states;
        this.accounts = accounts;
        this.withdrawal = withdrawal;
        this.planner = planner;
        this.dispatcher = dispatcher;
    }

    /** A pending job becomes running, and its planning begins at once. */
    public Uni<Transition> start(long jobId) {
        return locked(jobId, this::start).invoke(planner::signal);
    }

    /**
     * Nothing more is dispatched, what is unsent is taken back, and the job becomes cancelled as soon as nothing of it is in flight:
     * at once, or when the workers have answered. Cancelling never deletes a source.
     */
    public Uni<Transition> cancel(long jobId) {
        return locked(jobId, this::cancel);
    }

    /** Nothing more is planned or dispatched, what is unsent is taken back, and the job is paused when nothing of it is in flight. */
    public Uni<Transition> pause(long jobId) {
        return locked(jobId, this::pause);
    }

    /** A paused job goes on where it stood, its planning at its token. A pause that is still on its way is called off. */
    public Uni<Transition> resume(long jobId) {
        return locked(jobId, this::resume).invoke(() -> {
            planner.signal();
            dispatcher.signal(List.of(jobId));
        });
    }

    private Uni<Transition> locked(long jobId, BiFunction<SqlConnection, LockedJob, Uni<Transition>> work) {
        return transactions.run(tx -> locks.lock(tx, jobId)
                .chain(job -> job.map(known -> work.apply(tx, known)).orElseGet(Lifecycle::absent)));
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

    private Uni<Transition> pause(SqlConnection tx, LockedJob job) {
        return switch (job.status()) {
            case RUNNING ->
                job.active()
                        ? withdrawal
                                .request(tx, job, PendingAction.PAUSE, Optional.empty())
                                .replaceWith(Transition.Done::new)
                        : pausing(job) ? result(new Transition.AlreadyThere()) : impossible(job);
            case PAUSED -> job.pendingAction().isEmpty() ? result(new Transition.AlreadyThere()) : impossible(job);
            case PENDING, COMPLETED, FAILED, CANCELLED -> impossible(job);
        };
    }

    private Uni<Transition> resume(SqlConnection tx, LockedJob job) {
        return switch (job.status()) {
            case RUNNING ->
                job.active()
                        ? result(new Transition.AlreadyThere())
                        : pausing(job) ? states.resume(tx, job).replaceWith(Transition.Done::new) : impossible(job);
            case PAUSED ->
                job.pendingAction().isEmpty()
                        ? states.resume(tx, job).replaceWith(Transition.Done::new)
                        : impossible(job);
            case PENDING, COMPLETED, FAILED, CANCELLED -> impossible(job);
        };
    }

    private static boolean pausing(LockedJob job) {
        return job.pendingAction().equals(Optional.of(PendingAction.PAUSE));
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
