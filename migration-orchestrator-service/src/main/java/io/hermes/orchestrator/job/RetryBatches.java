package io.hermes.orchestrator.job;

import io.hermes.orchestrator.item.FailedItems;
import io.hermes.orchestrator.item.FailedItems.Batch;
import io.hermes.orchestrator.item.FailedItems.Selection;
import io.hermes.orchestrator.state.Accounts;
import io.hermes.orchestrator.state.CounterChange;
import io.hermes.orchestrator.state.LockedJob;
import io.hermes.orchestrator.state.Wakeup;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Makes failed documents ready again, a batch a transaction. Which ones still have to be stands in the job's progress row, so that the
 * job does not end before, a pause holds them back, and another replica goes on where one has died.
 */
@ApplicationScoped
class RetryBatches {

    /** From the beginning, also where another retry is under way: what that one has made ready has not failed any more. */
    private static final String NOTE = """
            UPDATE migration_job_progress SET retry_codes = coalesce(retry_codes, '{}') || $2::text[], retry_after = 0
             WHERE job_id = $1
            """;

    private static final String WISH = "SELECT retry_codes, retry_after FROM migration_job_progress WHERE job_id = $1";

    private static final String MOVE_ON = """
            UPDATE migration_job_progress SET retry_codes = CASE WHEN $3 THEN retry_codes END, retry_after = $2
             WHERE job_id = $1
            """;

    private static final String UNDER_WAY = """
            SELECT p.job_id FROM migration_job_progress p JOIN migration_jobs j ON j.id = p.job_id
             WHERE p.retry_codes IS NOT NULL AND j.status = 'running' AND j.pending_action IS NULL ORDER BY p.job_id
            """;

    private final Pool pool;
    private final Transitions transitions;
    private final FailedItems failed;
    private final Accounts accounts;
    private final Wakeup wakeup;

    RetryBatches(
            @ReactiveDataSource("flow") Pool pool,
            Transitions transitions,
            FailedItems failed,
            Accounts accounts,
            Vertx vertx) {
        this.pool = pool;
        this.transitions = transitions;
        this.failed = failed;
        this.accounts = accounts;
        this.wakeup = new Wakeup(vertx, "retry", this::pass);
    }

    /**
     * Makes the first of these documents ready, in the caller's transaction, and notes that the others are to follow.
     *
     * @return what that adds to the job's counters, to be booked by the caller; {@link CounterChange#NONE} if there are none
     */
    Uni<CounterChange> begin(SqlConnection tx, LockedJob job, Selection selection) {
        return switch (selection) {
            case Selection.One(long item) ->
                failed.makeReady(tx, job.id(), item).map(Batch::change);
            case Selection.WithCode(String code) -> begin(tx, job, code);
            case Selection.All all -> begin(tx, job, FailedItems.ANY_CODE);
        };
    }

    private Uni<CounterChange> begin(SqlConnection tx, LockedJob job, String code) {
        return tx.preparedQuery(NOTE)
                .execute(Tuple.of(job.id(), new String[] {code}))
                .chain(() -> next(tx, job));
    }

    /** Failed documents with this code that have still to be made ready. */
    Uni<Long> left(SqlConnection tx, LockedJob job, String code) {
        return failed.count(tx, job.id(), code);
    }

    private Uni<CounterChange> next(SqlConnection tx, LockedJob job) {
        return tx.preparedQuery(WISH).execute(Tuple.of(job.id())).chain(rows -> {
            Row wish = rows.iterator().next();
            String[] codes = wish.getArrayOfStrings("retry_codes");
            return codes == null
                    ? Uni.createFrom().item(CounterChange.NONE)
                    : failed.makeReady(tx, job.id(), List.of(codes), wish.getLong("retry_after"))
                            .call(batch -> moveOn(tx, job, batch))
                            .map(Batch::change);
        });
    }

    private static Uni<Void> moveOn(SqlConnection tx, LockedJob job, Batch batch) {
        return tx.preparedQuery(MOVE_ON)
                .execute(Tuple.of(job.id(), batch.last(), batch.full()))
                .replaceWithVoid();
    }

    /** There may be something to go on with: look now rather than at the next tick. */
    void signal() {
        wakeup.signal();
    }

    @Scheduled(every = "1s", identity = "retry-batches", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> tick() {
        wakeup.signal();
        return Uni.createFrom().voidItem();
    }

    /** One batch of each job; what is left after it comes by another pass. */
    private Uni<Void> pass() {
        return pool.query(UNDER_WAY)
                .execute()
                .map(rows -> rows.stream().map(row -> row.getLong("job_id")).toList())
                .onItem()
                .transformToMulti(jobs -> Multi.createFrom().iterable(jobs))
                .onItem()
                .transformToUniAndConcatenate(this::batch)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Transition> batch(long job) {
        return transitions
                .locked(
                        job,
                        (tx, locked) -> locked.active()
                                ? next(tx, locked)
                                        .chain(change -> accounts.book(tx, locked, change))
                                        .chain(Transitions::done)
                                : Transitions.alreadyThere())
                .invoke(() -> transitions.wake(job))
                .invoke(wakeup::signal);
    }
}
