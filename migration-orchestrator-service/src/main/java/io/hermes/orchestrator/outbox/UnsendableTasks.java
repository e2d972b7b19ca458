package io.hermes.orchestrator.outbox;

import io.hermes.contract.event.ErrorCode;
import io.hermes.orchestrator.item.Item;
import io.hermes.orchestrator.item.ItemChange;
import io.hermes.orchestrator.item.ItemRows;
import io.hermes.orchestrator.item.Standing;
import io.hermes.orchestrator.state.Accounts;
import io.hermes.orchestrator.state.JobLocks;
import io.hermes.orchestrator.state.LockedJob;
import io.hermes.orchestrator.state.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Fails the item of a task that no broker will ever take. A transaction of its own, because the relay's holds an outbox row, which
 * comes after the job in the lock order. If it is lost with the process, the item's queue lease lapses and it is tried again.
 */
@ApplicationScoped
class UnsendableTasks {

    private static final Logger LOG = Logger.getLogger(UnsendableTasks.class);

    private final Transactions transactions;
    private final JobLocks locks;
    private final ItemRows items;
    private final Accounts accounts;

    UnsendableTasks(Transactions transactions, JobLocks locks, ItemRows items, Accounts accounts) {
        this.transactions = transactions;
        this.locks = locks;
        this.items = items;
        this.accounts = accounts;
    }

    Uni<Void> fail(OutboxRow row, String why) {
        LOG.errorf("relay jobId=%d itemId=%d: the task cannot be sent: %s", row.jobId(), row.itemId(), why);
        return transactions.run(tx -> locks.lock(tx, row.jobId())
                .chain(job -> job.map(known -> fail(tx, known, row))
                        .orElseGet(() -> Uni.createFrom().voidItem())));
    }

    private Uni<Void> fail(SqlConnection tx, LockedJob job, OutboxRow row) {
        return items.lock(tx, List.of(row.itemId()), List.of(job.id()))
                .map(found -> found.get(row.itemId()))
                .chain(item -> item != null && isThisDispatch(item, row)
                        ? fail(tx, job, item)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> fail(SqlConnection tx, LockedJob job, Item item) {
        ItemChange change = new ItemChange(
                item.at(Standing.FAILED),
                null,
                ItemChange.Lease.ENDED,
                null,
                null,
                null,
                new ItemChange.Trouble(
                        ErrorCode.INTERNAL.name(), "The task is too large to be sent to a worker.", false));
        return items.apply(tx, List.of(change))
                .chain(() -> accounts.book(
                        tx, job, item.standing().left(item.size()).plus(Standing.FAILED.entered(item.size()))));
    }

    private static boolean isThisDispatch(Item item, OutboxRow row) {
        return (item.standing() == Standing.QUEUED || item.standing() == Standing.RELEASE_QUEUED)
                && row.idempotentKey().endsWith(":" + item.epoch());
    }
}
