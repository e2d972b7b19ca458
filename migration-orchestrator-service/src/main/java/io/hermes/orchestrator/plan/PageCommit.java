package io.hermes.orchestrator.plan;

import io.hermes.orchestrator.item.PlannedItems;
import io.hermes.orchestrator.state.Accounts;
import io.hermes.orchestrator.state.CounterChange;
import io.hermes.orchestrator.state.JobLocks;
import io.hermes.orchestrator.state.JobStates;
import io.hermes.orchestrator.state.LockedJob;
import io.hermes.orchestrator.state.PendingAction;
import io.hermes.orchestrator.state.Stop;
import io.hermes.orchestrator.state.Transactions;
import io.hermes.orchestrator.timeline.Timeline;
import io.hermes.orchestrator.timeline.TimelineEntry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;

/** What planning writes, each in one transaction that begins by looking whether the claim still holds. */
@ApplicationScoped
class PageCommit {

    private final Transactions transactions;
    private final JobLocks locks;
    private final JobStates states;
    private final Accounts accounts;
    private final Stop stop;
    private final PlannedItems items;
    private final PlanningRows planning;
    private final Timeline timeline;

    PageCommit(
            Transactions transactions,
            JobLocks locks,
            JobStates states,
            Accounts accounts,
            Stop stop,
            PlannedItems items,
            PlanningRows planning,
            Timeline timeline) {
        this.transactions = transactions;
        this.locks = locks;
        this.states = states;
        this.accounts = accounts;
        this.stop = stop;
        this.items = items;
        this.planning = planning;
        this.timeline = timeline;
    }

    /**
     * Commits a page: its items, the counters and the token behind it.
     *
     * @return how many documents were new; empty if the claim is lost, or the job is to stop, and nothing was written
     */
    Uni<OptionalLong> commit(PlanClaim claim, PlannedPage page) {
        return transactions.run(tx -> locks.lock(tx, claim.jobId())
                .chain(job -> job.filter(known -> owns(claim, known))
                        .map(known -> commit(tx, known, claim, page))
                        .orElseGet(() -> Uni.createFrom().item(OptionalLong.empty()))));
    }

    private Uni<OptionalLong> commit(SqlConnection tx, LockedJob job, PlanClaim claim, PlannedPage page) {
        return items.insert(tx, job.id(), job.terms().maxAttempts(), page.items())
                .call(change -> planning.advance(tx, claim, page.next(), page.done()))
                .call(change -> states.explain(tx, job, Optional.empty()))
                .call(change -> page.done()
                        ? planned(tx, job, change)
                        : Uni.createFrom().voidItem())
                .call(change -> accounts.book(tx, job, change))
                .map(change -> OptionalLong.of(change.scanned()));
    }

    private Uni<Void> planned(SqlConnection tx, LockedJob job, CounterChange last) {
        return timeline.append(
                tx, job.id(), TimelineEntry.planned(job.counters().scanned() + last.scanned()));
    }

    /** Gives the planning back for a while, and says why. */
    Uni<Boolean> waitFor(PlanClaim claim, Duration pause, String reason, String error) {
        return whileOwned(
                claim,
                (tx, job) -> planning.waitFor(tx, claim, pause, error)
                        .chain(() -> states.explain(tx, job, Optional.of(reason))));
    }

    /** Ends the planning for good: nothing more is dispatched, and the job fails when it is drained. */
    Uni<Boolean> fail(PlanClaim claim, String reason) {
        return whileOwned(claim, (tx, job) -> stop.request(tx, job, PendingAction.FAIL, Optional.of(reason)));
    }

    /** Which of the wanted documents earlier pages brought. */
    Uni<Set<UUID>> found(PlanClaim claim) {
        if (claim.documentUuids().isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        return transactions.run(tx -> items.found(tx, claim.jobId(), claim.documentUuids()));
    }

    private Uni<Boolean> whileOwned(PlanClaim claim, BiFunction<SqlConnection, LockedJob, Uni<Void>> work) {
        return transactions.run(tx -> locks.lock(tx, claim.jobId())
                .chain(job -> job.filter(known -> owns(claim, known))
                        .map(known -> work.apply(tx, known).replaceWith(true))
                        .orElseGet(() -> Uni.createFrom().item(false))));
    }

    private static boolean owns(PlanClaim claim, LockedJob job) {
        return job.active() && job.planningEpoch() == claim.epoch() && !job.planningDone();
    }
}
