package io.hermes.orchestrator.job;

import io.hermes.contract.event.ErrorCode;
import io.hermes.edge.problem.ApiProblem;
import io.hermes.orchestrator.dispatch.Dispatcher;
import io.hermes.orchestrator.item.FailedItems;
import io.hermes.orchestrator.item.FailedItems.Selection;
import io.hermes.orchestrator.plan.Planner;
import io.hermes.orchestrator.state.Accounts;
import io.hermes.orchestrator.state.CounterChange;
import io.hermes.orchestrator.state.JobLocks;
import io.hermes.orchestrator.state.JobStates;
import io.hermes.orchestrator.state.LockedJob;
import io.hermes.orchestrator.state.PendingAction;
import io.hermes.orchestrator.state.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Tries failed documents once more: all of a job's, those with one error code, or one. A job that has ended runs again, under the same
 * id, and its planning goes on at its token where it had broken off.
 *
 * <p>An ended job has given its claims back, so they are taken again first, and refused if a provider is gone or disabled. They
 * count as due to be given back until the job runs, and are taken once more afterwards: whatever breaks in between, the sweep of
 * claims ends up right.
 */
@ApplicationScoped
public class Retry {

    private final Transactions transactions;
    private final JobLocks locks;
    private final JobStates states;
    private final Accounts accounts;
    private final FailedItems failed;
    private final Providers providers;
    private final Planner planner;
    private final Dispatcher dispatcher;

    Retry(
            Transactions transactions,
            JobLocks locks,
            JobStates states,
            Accounts accounts,
            FailedItems failed,
            Providers providers,
            Planner planner,
            Dispatcher dispatcher) {
        this.transactions = transactions;
        this.locks = locks;
        this.states = states;
        this.accounts = accounts;
        this.failed = failed;
        this.providers = providers;
        this.planner = planner;
        this.dispatcher = dispatcher;
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
        return locked(job, (tx, known) -> known.status().terminal() ? reclaim(tx, known) : settled(known))
                .chain(answer -> answer instanceof Transition.Done
                        ? claimed(job)
                        : Uni.createFrom().item(answer))
                .chain(answer -> answer instanceof Transition.Impossible
                        ? Uni.createFrom().item(answer)
                        : locked(job, (tx, known) -> again(tx, known, selection)))
                .call(answer -> answer instanceof Transition.Done
                        ? claimed(job)
                        : Uni.createFrom().voidItem())
                .invoke(() -> wake(job));
    }

    private Uni<Transition> locked(JobDefinition job, BiFunction<SqlConnection, LockedJob, Uni<Transition>> work) {
        return transactions.run(tx -> locks.lock(tx, job.id())
                .chain(found -> found.map(known -> work.apply(tx, known))
                        .orElseGet(() -> result(new Transition.Impossible("absent")))));
    }

    private Uni<Transition> reclaim(SqlConnection tx, LockedJob job) {
        return JobAction.RETRY.possible(job.status(), job.counters().failed())
                ? states.claimsDue(tx, job).replaceWith(Transition.Done::new)
                : impossible(job);
    }

    /** A job that has not ended holds its claims. */
    private static Uni<Transition> settled(LockedJob job) {
        return stopping(job) ? impossible(job) : result(new Transition.AlreadyThere());
    }

    private static boolean stopping(LockedJob job) {
        return job.pendingAction()
                .filter(action -> action != PendingAction.PAUSE)
                .isPresent();
    }

    private Uni<Transition> claimed(JobDefinition job) {
        return providers.claimAgain(job).replaceWith(Transition.Done::new);
    }

    private Uni<Transition> again(SqlConnection tx, LockedJob job, Selection selection) {
        if (stopping(job)) {
            return impossible(job);
        }
        boolean all = selection instanceof Selection.All;
        return switch (job.status()) {
            case PENDING, CANCELLED -> impossible(job);
            case RUNNING -> all ? result(new Transition.AlreadyThere()) : ready(tx, job, selection);
            case PAUSED -> all ? impossible(job) : ready(tx, job, selection);
            case COMPLETED, FAILED ->
                JobAction.RETRY.possible(job.status(), job.counters().failed())
                        ? ready(tx, job, selection)
                        : impossible(job);
        };
    }

    private Uni<Transition> ready(SqlConnection tx, LockedJob job, Selection selection) {
        return failed.makeReady(tx, job.id(), selection).chain(change -> {
            boolean something = !change.equals(CounterChange.NONE) || selection instanceof Selection.All;
            return something
                    ? running(tx, job)
                            .chain(known -> accounts.book(tx, known, change))
                            .replaceWith(Transition.Done::new)
                    : result(new Transition.AlreadyThere());
        });
    }

    private Uni<LockedJob> running(SqlConnection tx, LockedJob job) {
        return job.status().terminal()
                ? states.reopen(tx, job)
                : Uni.createFrom().item(job);
    }

    private void wake(JobDefinition job) {
        planner.signal();
        dispatcher.signal(List.of(job.id()));
    }

    private static Uni<Transition> impossible(LockedJob job) {
        return result(new Transition.Impossible(job.status().word()));
    }

    private static Uni<Transition> result(Transition transition) {
        return Uni.createFrom().item(transition);
    }
}
