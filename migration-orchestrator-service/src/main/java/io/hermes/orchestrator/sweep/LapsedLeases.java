package io.hermes.orchestrator.sweep;

import io.hermes.orchestrator.item.Attempt;
import io.hermes.orchestrator.item.Attempts;
import io.hermes.orchestrator.item.LapsedItem;
import io.hermes.orchestrator.item.LapsedItems;
import io.hermes.orchestrator.item.Standing;
import io.hermes.orchestrator.state.Accounts;
import io.hermes.orchestrator.state.CounterChange;
import io.hermes.orchestrator.state.JobLocks;
import io.hermes.orchestrator.state.LockedJob;
import io.hermes.orchestrator.state.MigrationSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** One transaction for the lapsed items of one job. */
@ApplicationScoped
class LapsedLeases {

    private static final Logger LOG = Logger.getLogger(LapsedLeases.class);

    private final JobLocks locks;
    private final LapsedItems lapsed;
    private final Attempts attempts;
    private final Accounts accounts;
    private final MigrationSettings settings;

    LapsedLeases(JobLocks locks, LapsedItems lapsed, Attempts attempts, Accounts accounts, MigrationSettings settings) {
        this.locks = locks;
        this.lapsed = lapsed;
        this.attempts = attempts;
        this.accounts = accounts;
        this.settings = settings;
    }

    /** What becomes of each lapsed item. */
    private static final class Sorted {
        private final List<LapsedItem> lost = new ArrayList<>();
        private final List<LapsedItem> givenUp = new ArrayList<>();
        private final List<LapsedItem> vanished = new ArrayList<>();
        private final List<LapsedItem> waiting = new ArrayList<>();
    }

    /**
     * Looks after a job's lapsed items.
     *
     * @param tasks how far the task topic reaches, and how far the workers have committed it, read before this transaction
     */
    Uni<Void> sweep(SqlConnection tx, long jobId, TaskTopic tasks) {
        return locks.lock(tx, jobId)
                .chain(job -> job.map(known -> lapsed.lock(tx, jobId)
                                .map(items -> sort(items, tasks))
                                .chain(sorted -> write(tx, known, sorted, tasks)))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Sorted sort(List<LapsedItem> items, TaskTopic tasks) {
        Sorted sorted = new Sorted();
        for (LapsedItem item : items) {
            boolean queued =
                    item.item().standing() == Standing.QUEUED || item.item().standing() == Standing.RELEASE_QUEUED;
            if (queued) {
                (isGone(item, tasks) ? sorted.vanished : sorted.waiting).add(item);
            } else {
                (item.deliveries() >= settings.maxDeliveries() ? sorted.givenUp : sorted.lost).add(item);
            }
        }
        return sorted;
    }

    /** A queued task is gone only if the workers have committed beyond where it can have been, or its topic was made anew. */
    private static boolean isGone(LapsedItem item, TaskTopic tasks) {
        if (item.unsent() || item.lapseOffsets() == null) {
            return false;
        }
        Offsets noted = Offsets.parse(item.lapseOffsets());
        return !tasks.ends().sameTopic(noted) || tasks.committed().reached(noted);
    }

    private Uni<Void> write(SqlConnection tx, LockedJob job, Sorted sorted, TaskTopic tasks) {
        log(job, sorted);
        List<LapsedItem> unsent =
                sorted.waiting.stream().filter(LapsedItem::unsent).toList();
        List<LapsedItem> sent =
                sorted.waiting.stream().filter(item -> !item.unsent()).toList();
        return lapsed.makeReady(tx, sorted.lost, true)
                .chain(() -> lapsed.makeReady(tx, sorted.vanished, false))
                .chain(() -> lapsed.fail(tx, sorted.givenUp))
                .chain(() -> lapsed.renewQueueLease(tx, unsent, null))
                .chain(() -> lapsed.renewQueueLease(tx, sent, tasks.ends().json()))
                .chain(() -> account(tx, job, sorted));
    }

    private Uni<Void> account(SqlConnection tx, LockedJob job, Sorted sorted) {
        List<Attempt> ledger = new ArrayList<>();
        sorted.lost.forEach(item -> ledger.add(attempt(item)));
        sorted.givenUp.forEach(item -> ledger.add(attempt(item)));
        CounterChange change = CounterChange.NONE;
        for (LapsedItem item : sorted.lost) {
            change = change.plus(moved(item, again(item)));
        }
        for (LapsedItem item : sorted.vanished) {
            change = change.plus(moved(item, again(item)));
        }
        for (LapsedItem item : sorted.givenUp) {
            change = change.plus(moved(item, Standing.FAILED));
        }
        CounterChange booked = change;
        return attempts.append(tx, ledger).chain(() -> accounts.book(tx, job, booked));
    }

    private static Standing again(LapsedItem item) {
        return item.item().standing().copyStep() ? Standing.READY : Standing.RELEASE_PENDING;
    }

    private static CounterChange moved(LapsedItem item, Standing next) {
        long size = item.item().size();
        return item.item().standing().left(size).plus(next.entered(size));
    }

    private static Attempt attempt(LapsedItem lapsed) {
        return new Attempt(
                lapsed.item().jobId(),
                lapsed.item().id(),
                lapsed.item().epoch(),
                lapsed.item().attempts(),
                lapsed.workerId(),
                "lost",
                null,
                "The worker fell silent.",
                null,
                false);
    }

    private static void log(LockedJob job, Sorted sorted) {
        if (!sorted.lost.isEmpty() || !sorted.vanished.isEmpty() || !sorted.givenUp.isEmpty()) {
            LOG.warnf(
                    "sweep jobId=%d: %d documents of silent workers and %d lost tasks will be dispatched again, %d given up",
                    job.id(), sorted.lost.size(), sorted.vanished.size(), sorted.givenUp.size());
        }
    }
}
