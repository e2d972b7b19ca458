package io.hermes.orchestrator.model;

import jakarta.annotation.Nullable;

/** What may happen to a job: users, replicas, workers, the broker and the clock, in any order. */
public sealed interface Command {

    // Users.

    record Start() implements Command {}

    record Pause() implements Command {}

    record Resume() implements Command {}

    record Cancel() implements Command {}

    record RetryAll() implements Command {}

    record RetryCode(String code) implements Command {}

    record RetryOne(int document) implements Command {}

    record Skip(int document) implements Command {}

    record Bears(@Nullable String failures) implements Command {}

    record Opens(@Nullable Integer window) implements Command {}

    // Planning by one of two replicas.

    record Claims(int replica) implements Command {}

    /** A page with new documents, names that cannot be keys, and perhaps a document that an earlier page had. */
    record Page(int replica, int documents, int rejected, boolean repeats, boolean last) implements Command {}

    record ListingFails(int replica) implements Command {}

    record ListingWaits(int replica) implements Command {}

    // Replicas and the broker.

    record Dispatch() implements Command {}

    /** The relay sends what there is; of some rows it does not learn what became of them, some no broker takes. Bits by row. */
    record Publish(int unknown, int hopeless) implements Command {}

    /** Some of what the workers have said arrives, in another order. */
    record Arrives(int most, long order) implements Command {}

    /** The same, in two halves at the same time. */
    record ArrivesTwice(int most, long order) implements Command {}

    /** The same, and at the same time something else happens. */
    record Meanwhile(Arrives arrives, Command other) implements Command {}

    /** The projector died before it could commit its offsets: the last chunk once more. */
    record ArrivesAgain() implements Command {}

    record Sweep(boolean committed, boolean recreated) implements Command {}

    // Workers.

    /** A worker says something about a dispatch of a document, this many before the last one, once or more often. */
    record Says(int worker, Answer answer, int document, int before, int copies) implements Command {}

    // The clock.

    record LeaseLapses(int document) implements Command {}

    record PlanningLeaseLapses() implements Command {}

    record PlanningIsDue() implements Command {}

    record WaitsAreOver() implements Command {}

    record HoldsAreDue() implements Command {}

    /** What a worker may say. */
    enum Answer {
        STARTED,
        HEARTBEAT,
        SUCCEEDED,
        /** A success that read another revision than the plan's. */
        SUCCEEDED_ON_ANOTHER_REVISION,
        /** A success whose hashes do not agree. */
        UNPROVEN,
        SKIPPED,
        FAILED,
        FAILED_FOR_GOOD,
        DEFERRED,
        REJECTED_BY_PROVIDER
    }
}
