package io.hermes.orchestrator.job;

import io.hermes.orchestrator.dispatch.Withdrawal;
import io.hermes.orchestrator.state.Accounts;
import io.hermes.orchestrator.state.JobStates;
import io.hermes.orchestrator.state.JobStatus;
import io.hermes.orchestrator.state.LockedJob;
import io.hermes.orchestrator.state.Outcome;
import io.hermes.orchestrator.state.PendingAction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Starts, pauses, resumes and cancels jobs. Every transition may be asked for any number of times, by several replicas at once. */
@ApplicationScoped
public class Lifecycle {

    private final Transitions transitions;
    private final JobStates states;
    private final Accounts accounts;
    private final Withdrawal withdrawal;

    Lifecycle(Transitions transitions, JobStates states, Accounts accounts, Withdrawal withdrawal) {
        this.transitions = transitions;
        this.states = states;
        this.accounts = accounts;
        this.withdrawal = withdrawal;
    }

    /** A pending job becomes running, and its planning begins at once. */
    public Uni<Transition> start(long jobId) {
        return transitions.locked(jobId, this::start).invoke(() -> transitions.wake(jobId));
    }

    /**
     * Nothing more is dispatched, what is unsent is taken back, and the job becomes cancelled as soon as nothing of it is in flight:
     * at once, or when the workers have answered. Cancelling never deletes a source.
     */
    public Uni<Transition> cancel(long jobId) {
        return transitions.locked(jobId, this::cancel);
    }

    /** Nothing more is planned or dispatched, what is unsent is taken back, and the job is paused when nothing of it is in flight. */
    public Uni<Transition> pause(long jobId) {
        return transitions.locked(jobId, this::pause);
    }

    /** A paused job goes on where it stood, its planning at its token. A pause that is still on its way is called off. */
    public Uni<Transition> resume(long jobId) {
        return transitions.locked(jobId, this::resume).invoke(() -> transitions.wake(jobId));
    }

    private Uni<Transition> start(SqlConnection tx, LockedJob job) {
        return switch (job.status()) {
            case PENDING -> states.start(tx, job).chain(Transitions::done);
            case RUNNING -> Transitions.alreadyThere();
            case PAUSED, COMPLETED, FAILED, CANCELLED -> Transitions.impossible(job);
        };
    }

    private Uni<Transition> cancel(SqlConnection tx, LockedJob job) {
        return switch (job.status()) {
            case PENDING ->
                accounts.end(tx, job, JobStatus.CANCELLED, Outcome.CANCELLED, null)
                        .chain(Transitions::done);
            case RUNNING, PAUSED ->
                switch (job.pendingAction().orElse(PendingAction.PAUSE)) {
                    case CANCEL -> Transitions.alreadyThere();
                    case FAIL -> Transitions.impossible(job);
                    case PAUSE -> stop(tx, job, PendingAction.CANCEL);
                };
            case CANCELLED -> Transitions.alreadyThere();
            case COMPLETED, FAILED -> Transitions.impossible(job);
        };
    }

    private Uni<Transition> stop(SqlConnection tx, LockedJob job, PendingAction action) {
        return withdrawal.request(tx, job, action, Optional.empty()).chain(Transitions::done);
    }

    private Uni<Transition> pause(SqlConnection tx, LockedJob job) {
        return switch (job.status()) {
            case RUNNING ->
                job.active()
                        ? stop(tx, job, PendingAction.PAUSE)
                        : pausing(job) ? Transitions.alreadyThere() : Transitions.impossible(job);
            case PAUSED -> job.pendingAction().isEmpty() ? Transitions.alreadyThere() : Transitions.impossible(job);
            case PENDING, COMPLETED, FAILED, CANCELLED -> Transitions.impossible(job);
        };
    }

    private Uni<Transition> resume(SqlConnection tx, LockedJob job) {
        return switch (job.status()) {
            case RUNNING ->
                job.active()
                        ? Transitions.alreadyThere()
                        : pausing(job) ? states.resume(tx, job).chain(Transitions::done) : Transitions.impossible(job);
            case PAUSED ->
                job.pendingAction().isEmpty()
                        ? states.resume(tx, job).chain(Transitions::done)
                        : Transitions.impossible(job);
            case PENDING, COMPLETED, FAILED, CANCELLED -> Transitions.impossible(job);
        };
    }

    private static boolean pausing(LockedJob job) {
        return job.pendingAction().equals(Optional.of(PendingAction.PAUSE));
    }
}
