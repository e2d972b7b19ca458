package io.hermes.orchestrator.job;

import io.hermes.contract.event.ErrorCode;
import io.hermes.edge.problem.ApiProblem;
import io.hermes.orchestrator.item.FailedItems.Selection;
import io.hermes.orchestrator.state.Accounts;
import io.hermes.orchestrator.state.CounterChange;
import io.hermes.orchestrator.state.JobStates;
import io.hermes.orchestrator.state.LockedJob;
import io.hermes.orchestrator.state.PendingAction;
import io.hermes.orchestrator.state.Validations;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Tries failed documents once more: all of a job's, those with one error code, or one. A job that has ended runs again, under the same
 * id, and its planning goes on at its token where it had broken off.
 *
 * <p>However many documents there are, the request makes one batch of them ready, and {@link RetryBatches} the rest.
 *
 * <p>An ended job has given its claims back, so they are taken again first, and refused if a provider is gone or disabled. They
 * count as due to be given back until the job runs, and are taken once more afterwards: whatever breaks in between, the sweep of
 * claims ends up right.
 */
@ApplicationScoped
public class Retry {

    private final Transitions transitions;
    private final JobStates states;
    private final Accounts accounts;
    private final Validations validations;
    private final RetryBatches batches;
    private final Providers providers;

    Retry(
            Transitions transitions,
            JobStates states,
            Accounts accounts,
            Validations validations,
            RetryBatches batches,
            Providers providers) {
        this.transitions = transitions;
        this.states = states;
        this.accounts = accounts;
        this.validations = validations;
        this.batches = batches;
        this.providers = providers;
    }

    /** Everything that failed, and the rest of a plan that broke off; only of a job that has ended. */
    public Uni<Transition> all(JobDefinition job) {
        return retry(job, new Selection.All());
    }

    /** The documents that failed with this code. */
    public Uni<Transition> withCode(JobDefinition job, ErrorCode code) {
        return retry(job, new Selection.WithCode(code.name()));
    }

    /** One document. */
    public Uni<Transition> one(JobDefinition job, long itemId) {
        return retry(job, new Selection.One(itemId));
    }

    /** Fails with an {@link ApiProblem} if a provider cannot be claimed again. */
    private Uni<Transition> retry(JobDefinition job, Selection selection) {
        return transitions
                .locked(job.id(), (tx, known) -> known.status().terminal() ? reclaim(tx, known) : settled(known))
                .chain(answer -> claimedIfDone(job, answer))
                .chain(answer -> answer instanceof Transition.Impossible
                        ? Uni.createFrom().item(answer)
                        : transitions.locked(job.id(), (tx, known) -> again(tx, known, selection)))
                .chain(answer -> claimedIfDone(job, answer))
                .invoke(() -> wake(job));
    }

    private Uni<Transition> claimedIfDone(JobDefinition job, Transition answer) {
        return answer instanceof Transition.Done
                ? providers.claimAgain(job).replaceWith(answer)
                : Uni.createFrom().item(answer);
    }

    private Uni<Transition> reclaim(SqlConnection tx, LockedJob job) {
        return JobAction.RETRY.possible(job.status(), job.retryable())
                ? states.claimsDue(tx, job).chain(Transitions::done)
                : Transitions.impossible(job);
    }

    /** A job that has not ended holds its claims. */
    private static Uni<Transition> settled(LockedJob job) {
        return stopping(job) ? Transitions.impossible(job) : Transitions.alreadyThere();
    }

    private static boolean stopping(LockedJob job) {
        return job.pendingAction()
                .filter(action -> action != PendingAction.PAUSE)
                .isPresent();
    }

    private Uni<Transition> again(SqlConnection tx, LockedJob job, Selection selection) {
        if (stopping(job)) {
            return Transitions.impossible(job);
        }
        boolean all = selection instanceof Selection.All;
        return switch (job.status()) {
            case PENDING, CANCELLED -> Transitions.impossible(job);
            case RUNNING -> all ? Transitions.alreadyThere() : ready(tx, job, selection);
            case PAUSED -> all ? Transitions.impossible(job) : ready(tx, job, selection);
            case COMPLETED, FAILED ->
                JobAction.RETRY.possible(job.status(), job.retryable())
                        ? ready(tx, job, selection)
                        : Transitions.impossible(job);
        };
    }

    private Uni<Transition> ready(SqlConnection tx, LockedJob job, Selection selection) {
        return batches.begin(tx, job, selection)
                .chain(change -> change.equals(CounterChange.NONE) && !(selection instanceof Selection.All)
                        ? Transitions.alreadyThere()
                        : running(tx, job)
                                .chain(known -> accounts.book(tx, known, change))
                                .chain(Transitions::done));
    }

    private Uni<LockedJob> running(SqlConnection tx, LockedJob job) {
        return job.status().terminal()
                ? states.reopen(tx, job)
                : validations.callOff(tx, job).replaceWith(job);
    }

    private void wake(JobDefinition job) {
        batches.signal();
        transitions.wake(job.id());
    }
}
