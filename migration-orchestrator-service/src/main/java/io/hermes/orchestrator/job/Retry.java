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
import io.hermes.orchestrator.timeline.TimelineEntry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
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
    public Uni<Transition> all(JobDefinition job, String actor) {
        return retry(job, new Selection.All(), actor);
    }

    /** The documents that failed with this code. */
    public Uni<Transition> withCode(JobDefinition job, ErrorCode code, String actor) {
        return retry(job, new Selection.WithCode(code.name()), actor);
    }

    /** One document. */
    public Uni<Transition> one(JobDefinition job, long itemId, String actor) {
        return retry(job, new Selection.One(itemId), actor);
    }

    /** Fails with an {@link ApiProblem} if a provider cannot be claimed again. */
    private Uni<Transition> retry(JobDefinition job, Selection selection, String actor) {
        return transitions
                .locked(job.id(), (tx, known) -> known.status().terminal() ? reclaim(tx, known) : settled(known))
                .chain(answer -> claimedIfDone(job, answer))
                .chain(answer -> answer instanceof Transition.Impossible
                        ? Uni.createFrom().item(answer)
                        : transitions.locked(job.id(), (tx, known) -> again(tx, known, selection, actor)))
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

    private Uni<Transition> again(SqlConnection tx, LockedJob job, Selection selection, String actor) {
        if (stopping(job)) {
            return Transitions.impossible(job);
        }
        boolean all = selection instanceof Selection.All;
        return switch (job.status()) {
            case PENDING, CANCELLED -> Transitions.impossible(job);
            case RUNNING -> all ? Transitions.alreadyThere() : ready(tx, job, selection, actor);
            case PAUSED -> all ? Transitions.impossible(job) : ready(tx, job, selection, actor);
            case COMPLETED, FAILED ->
                JobAction.RETRY.possible(job.status(), job.retryable())
                        ? ready(tx, job, selection, actor)
                        : Transitions.impossible(job);
        };
    }

    private Uni<Transition> ready(SqlConnection tx, LockedJob job, Selection selection, String actor) {
        return batches.begin(tx, job, selection)
                .chain(change -> change.equals(CounterChange.NONE) && !(selection instanceof Selection.All)
                        ? Transitions.alreadyThere()
                        : tell(tx, job, selection, actor, change)
                                .chain(() -> running(tx, job))
                                .chain(known -> accounts.book(tx, known, change))
                                .chain(Transitions::done));
    }

    /** Of all, the counters know how many there are; of a code, whoever counts the rest after the first batch. */
    private Uni<Void> tell(
            SqlConnection tx, LockedJob job, Selection selection, String actor, CounterChange firstBatch) {
        return switch (selection) {
            case Selection.All all -> tell(tx, job, actor, job.counters().failed(), "", new JsonObject());
            case Selection.WithCode(String code) ->
                batches.left(tx, job, code)
                        .chain(left -> tell(
                                tx,
                                job,
                                actor,
                                firstBatch.waiting() + left,
                                "with " + code,
                                new JsonObject().put("errorCode", code)));
            case Selection.One(long item) ->
                tell(tx, job, actor, 1, "(" + item + ")", new JsonObject().put("itemId", item));
        };
    }

    private Uni<Void> tell(
            SqlConnection tx, LockedJob job, String actor, long documents, String which, JsonObject fields) {
        return transitions.tell(tx, job, TimelineEntry.retrying(actor, documents, which, fields));
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
