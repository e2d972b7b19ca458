package io.hermes.orchestrator.validate;

import io.hermes.orchestrator.item.CopiedItem;
import io.hermes.orchestrator.item.CopiedItems;
import io.hermes.orchestrator.item.CopiedItems.Listed;
import io.hermes.orchestrator.item.ExtraItems;
import io.hermes.orchestrator.state.Accounts;
import io.hermes.orchestrator.state.CounterChange;
import io.hermes.orchestrator.state.JobLocks;
import io.hermes.orchestrator.state.JobStates;
import io.hermes.orchestrator.state.LockedJob;
import io.hermes.orchestrator.state.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * What a look at the destination writes, each in one transaction that begins by looking whether the claim still holds; an empty answer
 * means that it does not, or that the job is to stop, and that nothing was written.
 */
@ApplicationScoped
class Findings {

    private static final int MOST_ERRORS = 100;

    private final Transactions transactions;
    private final JobLocks locks;
    private final JobStates states;
    private final Accounts accounts;
    private final CopiedItems copied;
    private final ExtraItems extras;
    private final ValidationRows rows;

    Findings(
            Transactions transactions,
            JobLocks locks,
            JobStates states,
            Accounts accounts,
            CopiedItems copied,
            ExtraItems extras,
            ValidationRows rows) {
        this.transactions = transactions;
        this.locks = locks;
        this.states = states;
        this.accounts = accounts;
        this.copied = copied;
        this.extras = extras;
        this.rows = rows;
    }

    /** A page of the destination: what agrees with the job's items has had its turn. */
    Uni<Optional<Tally>> listed(ValidationClaim claim, List<Listed> page, Stage next) {
        return whileOwned(
                claim,
                (tx, job) -> copied.markListed(tx, job.id(), claim.pass(), page)
                        .chain(count -> advance(tx, job, next, count, 0)));
    }

    /** Items that have not had their turn, a batch behind this one. */
    Uni<List<CopiedItem>> unlooked(ValidationClaim claim, long after, int limit) {
        return transactions.run(tx -> copied.unmarked(tx, claim.jobId(), claim.pass(), after, limit));
    }

    /** Items that were looked at one by one, and what was wrong with some of them. */
    Uni<Optional<Tally>> looked(ValidationClaim claim, List<Long> items, List<ValidationError> errors, Stage next) {
        return whileOwned(
                claim,
                (tx, job) -> copied.mark(tx, job.id(), claim.pass(), items)
                        .chain(marked -> looked(tx, job, marked, errors, next)));
    }

    private Uni<Tally> looked(
            SqlConnection tx, LockedJob job, Set<Long> marked, List<ValidationError> errors, Stage next) {
        List<ValidationError> fresh =
                errors.stream().filter(error -> marked.contains(error.itemId())).toList();
        return rows.keep(tx, job.id(), fresh, MOST_ERRORS)
                .chain(() -> advance(tx, job, next, marked.size() - fresh.size(), fresh.size()));
    }

    /** A page of the destination of a comparison: what no item stands for becomes a failed one. */
    Uni<Optional<Tally>> extras(ValidationClaim claim, List<Listed> page, String message, Stage next) {
        return whileOwned(
                claim,
                (tx, job) -> extras.insert(tx, job.id(), job.terms().maxAttempts(), message, page)
                        .chain(change -> advance(tx, job, next, 0, 0).call(tally -> accounts.book(tx, job, change))));
    }

    private Uni<Tally> advance(SqlConnection tx, LockedJob job, Stage next, long validated, long invalid) {
        return rows.advance(tx, job.id(), next, validated, invalid)
                .call(tally -> states.explain(tx, job, Optional.empty()));
    }

    /**
     * Ends the look, and with it the job.
     *
     * @param error why the destination could not be looked through, empty if it could
     */
    Uni<Boolean> finish(ValidationClaim claim, Optional<String> error) {
        return whileOwned(
                        claim,
                        (tx, job) -> rows.advance(tx, job.id(), new Stage.Looking(0), 0, 0)
                                .chain(tally ->
                                        rows.finish(tx, job.id(), error.isEmpty() && passed(claim, job, tally), error))
                                .chain(() -> accounts.book(tx, job, CounterChange.NONE))
                                .replaceWith(true))
                .map(Optional::isPresent);
    }

    /** A comparison has failed for every document that is not equal on both sides. */
    private static boolean passed(ValidationClaim claim, LockedJob job, Tally tally) {
        return switch (claim.strategy()) {
            case COPY, MOVE, MIRROR -> tally.invalid() == 0;
            case VERIFY -> job.counters().failed() == 0;
        };
    }

    /** Gives the look back for a while, and says why. */
    Uni<Boolean> waitFor(ValidationClaim claim, Duration pause, String reason, String error) {
        return whileOwned(
                        claim,
                        (tx, job) -> rows.waitFor(tx, job.id(), pause, error)
                                .chain(() -> states.explain(tx, job, Optional.of(reason)))
                                .replaceWith(true))
                .map(Optional::isPresent);
    }

    private <T> Uni<Optional<T>> whileOwned(ValidationClaim claim, BiFunction<SqlConnection, LockedJob, Uni<T>> work) {
        return transactions.run(tx -> locks.lock(tx, claim.jobId())
                .chain(job -> job.filter(known -> known.active() && known.planningEpoch() == claim.epoch())
                        .map(known -> work.apply(tx, known).map(Optional::of))
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty()))));
    }
}
