package io.hermes.orchestrator.job;

import io.hermes.edge.problem.ApiProblem;
import io.hermes.orchestrator.dispatch.Withdrawal;
import io.hermes.orchestrator.state.Accounts;
import io.hermes.orchestrator.state.CounterChange;
import io.hermes.orchestrator.state.JobStates;
import io.hermes.orchestrator.state.JobStatus;
import io.hermes.orchestrator.state.LockedJob;
import io.hermes.orchestrator.state.Outcome;
import io.hermes.orchestrator.state.PendingAction;
import io.hermes.orchestrator.timeline.TimelineEntry;
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

    /** A pending job becomes running, and its planning begins at once. Fails with a 409 problem if its list of documents is still to come. */
    public Uni<Transition> start(long jobId, String actor) {
        return transitions.locked(jobId, (tx, job) -> start(tx, job, actor)).invoke(() -> transitions.wake(jobId));
    }

    /**
     * Nothing more is dispatched, what is unsent is taken back, and the job becomes cancelled as soon as nothing of it is in flight:
     * at once, or when the workers have answered. Cancelling never deletes a source.
     */
    public Uni<Transition> cancel(long jobId, String actor) {
        return transitions.locked(jobId, (tx, job) -> cancel(tx, job, actor));
    }

    /** Nothing more is planned or dispatched, what is unsent is taken back, and the job is paused when nothing of it is in flight. */
    public Uni<Transition> pause(long jobId, String actor) {
        return transitions.locked(jobId, (tx, job) -> pause(tx, job, actor));
    }

    /** A paused job goes on where it stood, its planning at its token. A pause that is still on its way is called off. */
    public Uni<Transition> resume(long jobId, String actor) {
        return transitions.locked(jobId, (tx, job) -> resume(tx, job, actor)).invoke(() -> transitions.wake(jobId));
    }

    private Uni<Transition> start(SqlConnection tx, LockedJob job, String actor) {
        return switch (job.status()) {
            case PENDING ->
                transitions
                        .tell(tx, job, TimelineEntry.started(actor))
                        .chain(() -> states.start(tx, job))
                        .chain(started -> started ? Transitions.done() : listMissing());
            case RUNNING -> Transitions.alreadyThere();
            case PAUSED, COMPLETED, FAILED, CANCELLED -> Transitions.impossible(job);
        };
    }

    /** Fails, so that nothing is told either. */
    private static Uni<Transition> listMissing() {
        return Uni.createFrom()
                .failure(ApiProblem.of(
                        409,
                        "DOCUMENT_LIST_MISSING",
                        "The list of documents has not come yet",
                        "This job is selected by a list. Send it with PUT …/documents, then start the job."));
    }

    private Uni<Transition> cancel(SqlConnection tx, LockedJob job, String actor) {
        return switch (job.status()) {
            case PENDING ->
                transitions
                        .tell(tx, job, cancelling(job, actor))
                        .chain(() -> accounts.end(tx, job, JobStatus.CANCELLED, Outcome.CANCELLED, null))
                        .chain(Transitions::done);
            case RUNNING, PAUSED ->
                switch (job.pendingAction().orElse(PendingAction.PAUSE)) {
                    case CANCEL -> Transitions.alreadyThere();
                    case FAIL -> Transitions.impossible(job);
                    case PAUSE -> stop(tx, job, PendingAction.CANCEL, cancelling(job, actor));
                };
            case CANCELLED -> Transitions.alreadyThere();
            case COMPLETED, FAILED -> Transitions.impossible(job);
        };
    }

    private Uni<Transition> stop(SqlConnection tx, LockedJob job, PendingAction action, TimelineEntry entry) {
        return transitions
                .tell(tx, job, entry)
                .chain(() -> withdrawal.request(tx, job, action, Optional.empty()))
                .chain(Transitions::done);
    }

    private Uni<Transition> pause(SqlConnection tx, LockedJob job, String actor) {
        return switch (job.status()) {
            case RUNNING ->
                job.active()
                        ? stop(tx, job, PendingAction.PAUSE, pausing(job, actor))
                        : job.pausing() ? Transitions.alreadyThere() : Transitions.impossible(job);
            case PAUSED -> job.pendingAction().isEmpty() ? Transitions.alreadyThere() : Transitions.impossible(job);
            case PENDING, COMPLETED, FAILED, CANCELLED -> Transitions.impossible(job);
        };
    }

    private Uni<Transition> resume(SqlConnection tx, LockedJob job, String actor) {
        return switch (job.status()) {
            case RUNNING ->
                job.active()
                        ? Transitions.alreadyThere()
                        : job.pausing() ? goOn(tx, job, actor) : Transitions.impossible(job);
            case PAUSED -> job.pendingAction().isEmpty() ? goOn(tx, job, actor) : Transitions.impossible(job);
            case PENDING, COMPLETED, FAILED, CANCELLED -> Transitions.impossible(job);
        };
    }

    private Uni<Transition> goOn(SqlConnection tx, LockedJob job, String actor) {
        return transitions
                .tell(tx, job, TimelineEntry.resumed(actor))
                .chain(() -> states.resume(tx, job))
                .chain(running -> accounts.book(tx, running, CounterChange.NONE))
                .chain(Transitions::done);
    }

    /** What can be taken back is; the sentence tells of what was out when it was asked. */
    private static TimelineEntry cancelling(LockedJob job, String actor) {
        return TimelineEntry.cancelling(actor, job.counters().inFlight());
    }

    private static TimelineEntry pausing(LockedJob job, String actor) {
        return TimelineEntry.pausing(actor, job.counters().inFlight());
    }
}
