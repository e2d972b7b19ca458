package io.hermes.worker.copy;

import io.hermes.contract.event.TaskEvent;
import io.hermes.contract.task.CopyTask;
import io.hermes.edge.registry.Stores;
import io.hermes.worker.held.HeldTask;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What copies and comparisons have in common: both stores opened, the source pinned within the memory budget, and an event at the end. */
@Singleton
final class Transfers {

    private final Stores stores;
    private final SourceReading reading;
    private final Faults faults;
    private final CopyMetrics metrics;

    Transfers(Stores stores, SourceReading reading, Faults faults, CopyMetrics metrics) {
        this.stores = stores;
        this.reading = reading;
        this.faults = faults;
        this.metrics = metrics;
    }

    /**
     * Runs the work on the pinned source. Fails only by a defect of ours.
     *
     * @param need memory that a document takes, given the stores
     */
    Uni<TaskEvent> run(
            CopyTask task,
            HeldTask held,
            Function<Transfer, MemoryNeed> need,
            BiFunction<Transfer, PinnedSource, Uni<TaskEvent>> work) {
        return Uni.createFrom().deferred(() -> {
            long startedNanos = System.nanoTime();
            return open(task, held, startedNanos)
                    .chain(transfer ->
                            reading.reading(transfer, need.apply(transfer), source -> work.apply(transfer, source)))
                    .onFailure()
                    .recoverWithItem(failure -> faults.eventOf(task, failure, millisSince(startedNanos)))
                    .invoke(metrics::count);
        });
    }

    /**
     * Where a copy of the document goes, and what it carries.
     *
     * @throws StoreFailure of the destination, if its template makes no key of the document
     */
    static Placement place(Transfer transfer, PinnedSource source) {
        try {
            return Placement.of(transfer, source);
        } catch (RuntimeException noKey) {
            throw StoreFailure.of(Side.DESTINATION, noKey);
        }
    }

    private Uni<Transfer> open(CopyTask task, HeldTask held, long startedNanos) {
        return open(Side.SOURCE, task.source().providerUuid())
                .chain(source -> open(Side.DESTINATION, task.destProviderUuid())
                        .map(destination -> new Transfer(task, held, source, destination, startedNanos)));
    }

    private Uni<Endpoint> open(Side side, UUID provider) {
        return stores.open(provider)
                .map(opened -> new Endpoint(side, opened))
                .onFailure()
                .transform(failure -> StoreFailure.opening(side, failure));
    }

    private static long millisSince(long startedNanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
    }
}
