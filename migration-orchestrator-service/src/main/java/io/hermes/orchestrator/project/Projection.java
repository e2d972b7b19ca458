package io.hermes.orchestrator.project;

import io.hermes.contract.event.Deferred;
import io.hermes.contract.event.Heartbeat;
import io.hermes.contract.event.TaskEvent;
import io.hermes.contract.task.TaskRef;
import io.hermes.orchestrator.dispatch.ProviderHolds;
import io.hermes.orchestrator.dispatch.Withdrawal;
import io.hermes.orchestrator.item.Attempts;
import io.hermes.orchestrator.item.Item;
import io.hermes.orchestrator.item.ItemRows;
import io.hermes.orchestrator.state.Accounts;
import io.hermes.orchestrator.state.JobLocks;
import io.hermes.orchestrator.state.JobStates;
import io.hermes.orchestrator.state.LockedJob;
import io.hermes.orchestrator.state.MigrationSettings;
import io.hermes.orchestrator.state.PendingAction;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One transaction for a chunk of reports. Locks in the common order (jobs, items, copies), folds, writes, books the counters and
 * with them runs the finish test.
 */
@ApplicationScoped
class Projection {

    private final JobLocks locks;
    private final ItemRows items;
    private final Attempts attempts;
    private final DocumentCopies copies;
    private final Workers workers;
    private final Readings readings;
    private final ProviderHolds holds;
    private final Withdrawal withdrawal;
    private final JobStates states;
    private final Accounts accounts;
    private final RetryDelay delay;

    Projection(
            JobLocks locks,
            ItemRows items,
            Attempts attempts,
            DocumentCopies copies,
            Workers workers,
            Readings readings,
            ProviderHolds holds,
            Withdrawal withdrawal,
            JobStates states,
            Accounts accounts,
            MigrationSettings settings) {
        this.locks = locks;
        this.items = items;
        this.attempts = attempts;
        this.copies = copies;
        this.workers = workers;
        this.readings = readings;
        this.holds = holds;
        this.withdrawal = withdrawal;
        this.states = states;
        this.accounts = accounts;
        this.delay = new RetryDelay(
                settings.retry().base(),
                settings.retry().cap(),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * Projects the reports.
     *
     * @return jobs whose windows may have room now
     */
    Uni<List<Long>> project(SqlConnection tx, List<Report> reports) {
        Set<Long> jobIds = new TreeSet<>(refs(reports).map(TaskRef::jobId).toList());
        Set<Long> itemIds = new TreeSet<>(refs(reports).map(TaskRef::itemId).toList());
        return locks.lock(tx, jobIds)
                .chain(jobs -> items.lock(tx, itemIds, jobIds).map(locked -> fold(jobs, locked, reports)))
                .chain(fold -> write(tx, fold).replaceWith(fold.touched()));
    }

    private static Stream<TaskRef> refs(List<Report> reports) {
        return reports.stream().flatMap(report -> switch (report.event()) {
            case Heartbeat heartbeat -> heartbeat.tasks().stream().map(Heartbeat.Held::ref);
            case TaskEvent event -> Stream.of(event.ref());
        });
    }

    private Fold fold(Map<Long, LockedJob> jobs, Map<Long, Item> locked, List<Report> reports) {
        Fold fold = new Fold(jobs, locked, delay);
        reports.forEach(fold::add);
        return fold;
    }

    private Uni<Void> write(SqlConnection tx, Fold fold) {
        return items.apply(tx, fold.changes())
                .chain(() -> items.renew(tx, fold.held()))
                .chain(() -> attempts.append(tx, fold.attempts()))
                .chain(() -> copies.remember(tx, fold.copies()))
                .chain(() -> writeAround(tx, fold));
    }

    private Uni<Void> writeAround(SqlConnection tx, Fold fold) {
        return workers.seen(tx, fold.heartbeats())
                .chain(() -> readings.write(tx, fold.heartbeats(), fold.jobIds()))
                .chain(moved -> states.moved(tx, moved))
                .chain(() -> clearHolds(tx, fold))
                .chain(() -> each(
                        fold.providers().entrySet().stream()
                                .filter(entry -> entry.getValue().isPresent())
                                .toList(),
                        entry -> hold(tx, entry.getKey(), entry.getValue().get())))
                .chain(() -> each(
                        fold.explanations().entrySet(), entry -> states.explain(tx, entry.getKey(), entry.getValue())))
                .chain(() -> bookAndStop(tx, fold));
    }

    /** Holds were seen when the jobs were locked; one set meanwhile falls to the next success. */
    private Uni<Void> clearHolds(SqlConnection tx, Fold fold) {
        boolean anyHeld = fold.counters().keySet().stream().anyMatch(LockedJob::held);
        List<UUID> answered = fold.providers().entrySet().stream()
                .filter(entry -> entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        return anyHeld ? holds.clear(tx, answered) : Uni.createFrom().voidItem();
    }

    private Uni<Void> hold(SqlConnection tx, UUID provider, Deferred event) {
        Duration retryAfter = Duration.ofMillis(Math.max(1, event.retryAfterMillis()));
        return holds.hold(tx, provider, event.reason().word(), retryAfter);
    }

    private Uni<Void> bookAndStop(SqlConnection tx, Fold fold) {
        return accounts.book(tx, fold.counters())
                .chain(() -> each(fold.rejected().entrySet(), entry -> fail(tx, entry.getKey(), entry.getValue())));
    }

    private Uni<Void> fail(SqlConnection tx, LockedJob job, Deferred event) {
        if (job.pendingAction().isPresent()) {
            return Uni.createFrom().voidItem();
        }
        Optional<String> reason = Optional.of("PROVIDER_AUTH: " + Text.storable(event.message()));
        return withdrawal.request(tx, job, PendingAction.FAIL, reason);
    }

    private static <T> Uni<Void> each(Iterable<T> values, Function<T, Uni<Void>> step) {
        return Multi.createFrom()
                .iterable(values)
                .onItem()
                .transformToUniAndConcatenate(step::apply)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
