package io.hermes.orchestrator.project;

import io.hermes.contract.event.Compared;
import io.hermes.contract.event.Deferred;
import io.hermes.contract.event.Failed;
import io.hermes.contract.event.Heartbeat;
import io.hermes.contract.event.Released;
import io.hermes.contract.event.Skipped;
import io.hermes.contract.event.Started;
import io.hermes.contract.event.Succeeded;
import io.hermes.contract.event.TaskEvent;
import io.hermes.orchestrator.item.Attempt;
import io.hermes.orchestrator.item.Item;
import io.hermes.orchestrator.item.ItemChange;
import io.hermes.orchestrator.item.Standing;
import io.hermes.orchestrator.state.CounterChange;
import io.hermes.orchestrator.state.LockedJob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Folds reports, in their order, over the locked jobs and items of one transaction, and collects what is to be written. Counters
 * come from the rows before and after, so an event that changes no row counts nothing.
 */
final class Fold {

    private final Map<Long, LockedJob> jobs;
    private final Map<Long, Item> items;
    private final RetryDelay delay;

    private final Map<Long, ItemChange> changes = new LinkedHashMap<>();
    private final Map<Long, CounterChange> counters = new HashMap<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private final Map<Long, DocumentCopy> copies = new LinkedHashMap<>();
    private final Map<UUID, Optional<Deferred>> providers = new LinkedHashMap<>();
    private final Map<Long, Optional<String>> explanations = new LinkedHashMap<>();
    private final Set<Long> worked = new HashSet<>();
    private final Map<Long, Deferred> rejected = new LinkedHashMap<>();
    private final Map<String, Heartbeat> heartbeats = new LinkedHashMap<>();
    private final Map<Long, Integer> held = new LinkedHashMap<>();

    Fold(Map<Long, LockedJob> jobs, Map<Long, Item> items, RetryDelay delay) {
        this.jobs = jobs;
        this.items = new HashMap<>(items);
        this.delay = delay;
    }

    /** Takes the next report in. */
    void add(Report report) {
        switch (report.event()) {
            case Heartbeat heartbeat -> {
                heartbeats.put(report.worker(), heartbeat);
                heartbeat
                        .tasks()
                        .forEach(task ->
                                held.merge(task.ref().itemId(), task.ref().epoch(), Math::max));
            }
            case TaskEvent event -> add(event, report.worker());
        }
    }

    private void add(TaskEvent event, String worker) {
        LockedJob job = jobs.get(event.ref().jobId());
        Item before = items.get(event.ref().itemId());
        if (job == null || before == null || before.jobId() != job.id()) {
            return;
        }
        new ItemTransition(job, delay)
                .apply(before, event, worker)
                .ifPresent(change -> changed(job, before, event, change));
    }

    private void changed(LockedJob job, Item before, TaskEvent event, ItemChange change) {
        Item after = change.item();
        items.put(after.id(), after);
        changes.merge(after.id(), change, ItemChange::then);
        count(
                job.id(),
                before.standing().left(before.size()).plus(after.standing().entered(after.size())));
        remember(job, after, event, change);
    }

    private void remember(LockedJob job, Item item, TaskEvent event, ItemChange change) {
        switch (event) {
            case Started started -> {}
            case Released released -> count(job.id(), requests(released.requests()));
            case Skipped skipped -> {
                count(job.id(), requests(skipped.requests()));
                answered(job);
            }
            case Succeeded succeeded -> succeeded(job, item, succeeded, change);
            case Compared compared -> compared(job, item, compared, change);
            case Failed failed -> attempts.add(attempt(item, change, "failed", failed.durationMillis()));
            case Deferred deferred -> {
                attempts.add(attempt(item, change, "deferred", null));
                deferred(job, deferred);
            }
        }
        if (item.standing() == Standing.RETRY) {
            count(job.id(), new CounterChange(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0));
        }
    }

    private void succeeded(LockedJob job, Item item, Succeeded event, ItemChange change) {
        if (change.evidence() == null) {
            attempts.add(attempt(item, change, "failed", event.durationMillis()));
            return;
        }
        count(job.id(), requests(event.requests()));
        copies.put(item.id(), DocumentCopy.of(job, item, event));
        answered(job);
    }

    /** That both sides are equal makes nothing ours: {@code document_copies} tells what stands somewhere because of us. */
    private void compared(LockedJob job, Item item, Compared event, ItemChange change) {
        if (change.trouble() != null) {
            attempts.add(attempt(item, change, "failed", event.durationMillis()));
        }
        count(job.id(), requests(event.requests()));
        answered(job);
    }

    private void answered(LockedJob job) {
        providers.put(job.terms().source(), Optional.empty());
        providers.put(job.terms().destination(), Optional.empty());
        worked.add(job.id());
        explanations.put(job.id(), Optional.empty());
    }

    /** Rejected credentials are an outage only once the provider has worked in this job. */
    private void deferred(LockedJob job, Deferred event) {
        boolean workedBefore = job.counters().migrated() + job.counters().skipped() > 0 || worked.contains(job.id());
        if (event.reason() == Deferred.Reason.PROVIDER_AUTH && !workedBefore) {
            rejected.putIfAbsent(job.id(), event);
            return;
        }
        providers.put(event.providerUuid(), Optional.of(event));
        explanations.put(job.id(), Optional.of(event.reason().word()));
    }

    private static Attempt attempt(Item item, ItemChange change, String outcome, Long durationMillis) {
        ItemChange.Trouble trouble = change.trouble();
        return new Attempt(
                item.jobId(),
                item.id(),
                item.epoch(),
                item.attempts(),
                change.workerId(),
                outcome,
                trouble.code(),
                trouble.message(),
                durationMillis,
                item.standing() == Standing.RETRY);
    }

    private static CounterChange requests(int requests) {
        return new CounterChange(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, requests);
    }

    private void count(long jobId, CounterChange change) {
        counters.merge(jobId, change, CounterChange::plus);
    }

    /** Rows to be written. */
    List<ItemChange> changes() {
        return List.copyOf(changes.values());
    }

    /** Counters to be booked, by job. */
    Map<LockedJob, CounterChange> counters() {
        Map<LockedJob, CounterChange> booked = new LinkedHashMap<>();
        jobs.values().stream()
                .filter(job -> counters.containsKey(job.id()))
                .forEach(job -> booked.put(job, counters.get(job.id())));
        return booked;
    }

    /** Attempts that ended badly. */
    List<Attempt> attempts() {
        return attempts;
    }

    /** Copies that stand at their destinations now, in the lock order of their table. */
    List<DocumentCopy> copies() {
        return copies.values().stream().sorted().toList();
    }

    /** The last word on each provider: an outage, or empty if it answered. */
    Map<UUID, Optional<Deferred>> providers() {
        return providers;
    }

    /** The last word on what each job waits out. */
    Map<LockedJob, Optional<String>> explanations() {
        Map<LockedJob, Optional<String>> byJob = new LinkedHashMap<>();
        explanations.forEach((id, reason) -> byJob.put(jobs.get(id), reason));
        return byJob;
    }

    /** Jobs whose providers rejected them before the first success. */
    Map<LockedJob, Deferred> rejected() {
        Map<LockedJob, Deferred> byJob = new LinkedHashMap<>();
        rejected.forEach((id, event) -> byJob.put(jobs.get(id), event));
        return byJob;
    }

    /** The last heartbeat of each worker. */
    Map<String, Heartbeat> heartbeats() {
        return heartbeats;
    }

    /** Tasks that workers say they hold, with their latest epochs, but for those that this fold has just decided about. */
    Map<Long, Integer> held() {
        Map<Long, Integer> renewed = new LinkedHashMap<>(held);
        renewed.keySet().removeAll(changes.keySet());
        renewed.keySet().retainAll(items.keySet());
        return renewed;
    }

    /** The jobs that exist and are locked. */
    Set<Long> jobIds() {
        return jobs.keySet();
    }

    /** Jobs that may have room in their window now. */
    List<Long> touched() {
        return List.copyOf(counters.keySet());
    }
}
