package io.hermes.orchestrator.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.contract.job.ConflictPolicy;
import io.hermes.contract.job.Strategy;
import io.hermes.contract.job.Verify;
import io.hermes.orchestrator.item.Attempt;
import io.hermes.orchestrator.item.Item;
import io.hermes.orchestrator.item.ItemChange;
import io.hermes.orchestrator.item.Standing;
import io.hermes.orchestrator.job.JobAction;
import io.hermes.orchestrator.model.Books;
import io.hermes.orchestrator.model.Command;
import io.hermes.orchestrator.model.Command.Answer;
import io.hermes.orchestrator.model.Commands;
import io.hermes.orchestrator.model.Document;
import io.hermes.orchestrator.model.Events;
import io.hermes.orchestrator.model.Model;
import io.hermes.orchestrator.model.Reports;
import io.hermes.orchestrator.model.Sequences;
import io.hermes.orchestrator.model.Steps;
import io.hermes.orchestrator.model.Told;
import io.hermes.orchestrator.model.World;
import io.hermes.orchestrator.state.CounterChange;
import io.hermes.orchestrator.state.Counters;
import io.hermes.orchestrator.state.FailureLimit;
import io.hermes.orchestrator.state.JobStatus;
import io.hermes.orchestrator.state.JobTerms;
import io.hermes.orchestrator.state.LockedJob;
import io.hermes.orchestrator.state.PendingAction;
import io.hermes.orchestrator.state.Verdict;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The decisions that need no database, against the {@link Model}: what events make of documents, what the finish test says, what a user
 * may ask for. The model goes its random way; whatever it meets there, the code must decide as it does.
 */
class StateMachineModelTest {

    private static final UUID JOB = new UUID(0, 1);
    private static final UUID SOURCE = new UUID(0, 2);
    private static final UUID DESTINATION = new UUID(0, 3);
    private static final RetryDelay DELAY = new RetryDelay(Duration.ofSeconds(2), Duration.ofMinutes(5), () -> 0.5);
    private static final int ORDERS = 30;
    private static final Events EVENTS = new Events(1, JOB, SOURCE, DESTINATION);

    @Test
    void whateverHappensItIsDecidedAsTheSpecificationSays() {
        new Sequences<>(Commands::stories, StateMachineModelTest::run).check(5000);
    }

    @Test
    @Tag("full")
    void andGoesOnBeingDecidedSo() {
        new Sequences<>(Commands::stories, StateMachineModelTest::run).check(200_000);
    }

    @Test
    void aHeartbeatOfAnOlderDispatchDoesNotHideTheOneOfTheNewer() {
        for (int order = 0; order < ORDERS; order++) {
            run(List.of(
                    new Command.Start(),
                    new Command.Claims(0),
                    new Command.Page(0, 1, 0, false, true),
                    new Command.Dispatch(),
                    new Command.Publish(0, 0),
                    new Command.Says(0, Answer.FAILED, 0, 0, 1),
                    new Command.Arrives(1, 0),
                    new Command.WaitsAreOver(),
                    new Command.Dispatch(),
                    new Command.Says(0, Answer.HEARTBEAT, 0, 1, 1),
                    new Command.Says(1, Answer.HEARTBEAT, 0, 0, 1),
                    new Command.Arrives(2, order)));
        }
    }

    @Test
    void aProviderThatHasJustWorkedIsWaitedForInWhateverOrderTheAnswersCome() {
        for (int order = 0; order < ORDERS; order++) {
            run(List.of(
                    new Command.Start(),
                    new Command.Claims(0),
                    new Command.Page(0, 3, 0, false, true),
                    new Command.Dispatch(),
                    new Command.Says(0, Answer.SUCCEEDED, 0, 0, 1),
                    new Command.Says(0, Answer.DEFERRED, 1, 0, 1),
                    new Command.Says(0, Answer.REJECTED_BY_PROVIDER, 2, 0, 1),
                    new Command.Arrives(3, order)));
        }
    }

    private static void run(List<Command> commands) {
        World world = new World();
        for (Command command : commands) {
            step(world, command);
            allowedActionsAgree(world.job());
        }
    }

    private static void step(World world, Command command) {
        switch (command) {
            case Command.Says says -> world.says(says);
            case Command.Arrives(int most, long order) -> arrive(world, world.arriving(most, order));
            case Command.ArrivesTwice(int most, long order) -> arrive(world, world.arriving(most, order));
            case Command.Sweep sweep -> world.sweeps(sweep);
            case Command.ArrivesAgain again -> arrive(world, world.arrived());
            case Command.Meanwhile(Command.Arrives arrives, Command other) -> {
                arrive(world, world.arriving(arrives.most(), arrives.order()));
                Steps.apply(world.job(), other);
            }
            default -> Steps.apply(world.job(), command);
        }
    }

    /** One chunk at once, one event after the other, and everything twice come to the same, and to what the model says. */
    private static void arrive(World world, List<Told> chunk) {
        Model before = world.job().copy();
        Model after = before.copy();
        boolean rejected = Reports.fold(after, chunk);
        Fold whole = fold(before, items(before), chunk);
        Map<Long, Item> decided = decided(items(before), whole);

        assertThat(decided).as("%s", chunk).isEqualTo(items(after));
        assertThat(booked(before, whole)).as("counters after %s", chunk).isEqualTo(after.books());
        assertThat(!whole.rejected().isEmpty()).as("rejected by %s", chunk).isEqualTo(rejected);
        assertThat(attempts(whole, "failed") + before.attempts("failed")).isEqualTo(after.attempts("failed"));
        assertThat(whole.attempts().stream().filter(Attempt::again).count())
                .as("repeated after %s", chunk)
                .isEqualTo(change(whole).retries());
        assertThat(attempts(whole, "deferred") + before.attempts("deferred")).isEqualTo(after.attempts("deferred"));

        heartbeatsAreHeard(before, chunk, whole);
        finishTestAgrees(after);
        oneByOne(before, chunk, decided, rejected);
        Fold again = fold(after, decided, chunk);
        assertThat(again.changes()).as("the second time, %s", chunk).isEmpty();
        assertThat(again.counters()).isEmpty();

        Reports.arrive(world.job(), chunk);
    }

    /** Whoever holds the present dispatch of a document keeps its lease, whatever holders of older ones say. */
    private static void heartbeatsAreHeard(Model before, List<Told> chunk, Fold fold) {
        chunk.stream()
                .filter(told -> told.answer() == Command.Answer.HEARTBEAT)
                .filter(told -> told.dispatch()
                        == before.documents().get(told.document()).epoch())
                .filter(told -> fold.changes().stream()
                        .noneMatch(change -> change.item().id() == told.document() + 1L))
                .forEach(told ->
                        assertThat(fold.held()).as("%s", chunk).containsEntry(told.document() + 1L, told.dispatch()));
    }

    private static void oneByOne(Model before, List<Told> chunk, Map<Long, Item> decided, boolean rejected) {
        Model way = before.copy();
        Map<Long, Item> items = items(before);
        boolean anyRejected = false;
        for (Told told : chunk) {
            Fold single = fold(way, items, List.of(told));
            items = decided(items, single);
            anyRejected |= !single.rejected().isEmpty();
            Reports.fold(way, List.of(told));
        }
        assertThat(items).as("one by one, %s", chunk).isEqualTo(decided);
        assertThat(anyRejected).as("one by one, %s", chunk).isEqualTo(rejected);
    }

    /** The verdict about a job is what the model makes of it. */
    private static void finishTestAgrees(Model job) {
        Model settled = job.copy();
        settled.settle();

        assertThat(verdict(Verdict.of(locked(job))))
                .as("finish test of %s", job.snapshotText())
                .isEqualTo(change(job, settled));
    }

    private static String verdict(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Open open -> "open";
            case Verdict.Completed completed -> "COMPLETED " + completed.outcome();
            case Verdict.Failed failed -> "FAILED";
            case Verdict.TooManyFailures tooMany -> "too many failures";
            case Verdict.Cancelled cancelled -> "CANCELLED";
            case Verdict.Paused paused -> "PAUSED";
            case Verdict.Miscounted miscounted -> "miscounted";
        };
    }

    private static String change(Model before, Model after) {
        if (after.snapshotText().equals(before.snapshotText())) {
            return "open";
        }
        boolean tooMany =
                !after.reason().equals(before.reason()) && after.reason().equals(Optional.of("MAX_FAILURES"));
        if (tooMany) {
            return "too many failures";
        }
        return after.status() == Model.Status.COMPLETED
                ? "COMPLETED " + after.outcome().orElseThrow()
                : after.status().name();
    }

    /** What is offered is exactly what would be done. */
    private static void allowedActionsAgree(Model job) {
        List<JobAction> allowed = JobAction.allowed(
                locked(job).status(), locked(job).pendingAction(), job.books().failed());
        Map<JobAction, Function<Model, Model.Said>> actions = Map.of(
                JobAction.START, Model::start,
                JobAction.PAUSE, Model::pause,
                JobAction.RESUME, Model::resume,
                JobAction.CANCEL, Model::cancel,
                JobAction.RETRY, Model::retryAll);
        actions.forEach((action, wish) -> assertThat(allowed.contains(action))
                .as("%s of %s", action, job.snapshotText())
                .isEqualTo(wish.apply(job.copy()) == Model.Said.DONE));
        assertThat(allowed).contains(JobAction.CLONE);
    }

    private static Fold fold(Model job, Map<Long, Item> items, List<Told> chunk) {
        LockedJob locked = locked(job);
        Fold fold = new Fold(Map.of(locked.id(), locked), items, DELAY);
        chunk.forEach(told ->
                fold.add(new Report("worker-" + told.worker(), EVENTS.event(told, told.document() + 1L))));
        return fold;
    }

    private static Map<Long, Item> decided(Map<Long, Item> before, Fold fold) {
        Map<Long, Item> items = new HashMap<>(before);
        fold.changes().stream().map(ItemChange::item).forEach(item -> items.put(item.id(), item));
        return items;
    }

    private static long attempts(Fold fold, String outcome) {
        return fold.attempts().stream()
                .filter(attempt -> attempt.outcome().equals(outcome))
                .count();
    }

    private static Map<Long, Item> items(Model job) {
        return job.documents().stream()
                .map(StateMachineModelTest::item)
                .collect(Collectors.toMap(Item::id, Function.identity()));
    }

    private static Item item(Document document) {
        return new Item(
                document.number() + 1L,
                1,
                "doc-" + document.number(),
                standing(document.at()),
                document.epoch(),
                document.attempts(),
                Document.MAX_ATTEMPTS,
                document.bytes(),
                document.revision().orElse(null),
                null);
    }

    private static Standing standing(Document.At at) {
        return switch (at) {
            case PENDING -> Standing.READY;
            case PENDING_QUEUED -> Standing.QUEUED;
            case PENDING_RETRY -> Standing.RETRY;
            case PENDING_DEFERRED -> Standing.DEFERRED;
            case IN_PROGRESS -> Standing.COPYING;
            case COMPLETED -> Standing.COMPLETED;
            case FAILED -> Standing.FAILED;
            case SKIPPED -> Standing.SKIPPED;
        };
    }

    private static LockedJob locked(Model job) {
        Books books = job.books();
        JobTerms terms = new JobTerms(
                Strategy.COPY,
                ConflictPolicy.SKIP_IDENTICAL,
                Verify.STORE_CHECKED,
                SOURCE,
                DESTINATION,
                32,
                Optional.empty(),
                Document.MAX_ATTEMPTS,
                false,
                job.bears().map(FailureLimit::of),
                "{}");
        return new LockedJob(
                1,
                JOB,
                terms,
                JobStatus.valueOf(job.status().name()),
                job.wish().map(wish -> PendingAction.valueOf(wish.name())),
                Optional.empty(),
                job.planned(),
                1,
                new Counters(
                        books.scanned(),
                        books.waiting(),
                        books.queued(),
                        books.inProgress(),
                        books.migrated(),
                        books.failed(),
                        books.skipped()),
                0,
                1,
                false);
    }

    private static CounterChange change(Fold fold) {
        return fold.counters().values().stream().findFirst().orElse(CounterChange.NONE);
    }

    private static Books booked(Model before, Fold fold) {
        Books books = before.books();
        CounterChange change = change(fold);
        return new Books(
                books.scanned() + change.scanned(),
                books.waiting() + change.waiting(),
                books.queued() + change.queued(),
                books.inProgress() + change.inProgress(),
                books.migrated() + change.migrated(),
                books.failed() + change.failed(),
                books.skipped() + change.skipped(),
                books.scannedBytes() + change.bytesScanned(),
                books.openBytes() + change.bytesOpen(),
                books.migratedBytes() + change.bytesMigrated(),
                books.failedBytes() + change.bytesFailed(),
                books.skippedBytes() + change.bytesSkipped());
    }
}
