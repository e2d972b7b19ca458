package io.hermes.orchestrator.job;

import io.hermes.edge.problem.ApiProblem;
import io.hermes.orchestrator.item.IdleItems;
import io.hermes.orchestrator.item.IdleItems.Skipping;
import io.hermes.orchestrator.item.Standing;
import io.hermes.orchestrator.state.Accounts;
import io.hermes.orchestrator.state.LockedJob;
import io.hermes.orchestrator.timeline.TimelineEntry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Lets a job go on without one document: one that waits, or that has failed and shall not count as a failure. What workers have in
 * their hands is theirs, and what an ended job has come to stays as it is.
 */
@ApplicationScoped
public class Skip {

    private final Transitions transitions;
    private final IdleItems items;
    private final Accounts accounts;

    Skip(Transitions transitions, IdleItems items, Accounts accounts) {
        this.transitions = transitions;
        this.items = items;
        this.accounts = accounts;
    }

    /** Fails with 409 {@code ITEM_STATE_CONFLICT} if the document cannot be skipped now. */
    public Uni<Transition> one(long jobId, long itemId, String actor) {
        return transitions.locked(
                jobId, (tx, job) -> job.status().terminal() ? ended(job) : skip(tx, job, itemId, actor));
    }

    private Uni<Transition> skip(SqlConnection tx, LockedJob job, long itemId, String actor) {
        return items.skip(tx, job.id(), itemId).chain(answer -> switch (answer) {
            case Skipping.Done done ->
                transitions
                        .tell(tx, job, TimelineEntry.skipped(actor, itemId))
                        .chain(() -> accounts.book(tx, job, done.change()))
                        .chain(Transitions::done);
            case Skipping.AlreadySkipped already -> Transitions.alreadyThere();
            case Skipping.Busy busy -> throw busy(busy.standing());
        });
    }

    private static Uni<Transition> ended(LockedJob job) {
        throw conflict("The job is " + job.status().word()
                + ", and what became of its documents stays as it is. Retry the document, or leave it.");
    }

    private static ApiProblem busy(Standing standing) {
        return conflict(
                standing == Standing.COMPLETED
                        ? "The document has been migrated."
                        : "The document is on its way to a worker or with one. Pause the job, or wait for its answer.");
    }

    private static ApiProblem conflict(String detail) {
        return ApiProblem.of(409, "ITEM_STATE_CONFLICT", "Action not possible for this document", detail);
    }
}
