package io.hermes.worker.copy;

import io.hermes.contract.event.TaskEvent;
import io.hermes.contract.task.CopyTask;
import io.hermes.edge.registry.Stores;
import io.hermes.worker.held.HeldTask;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Copies one document and proves it (ARCHITECTURE §4). May be repeated at any time: what is already done is found by its marker. */
@ApplicationScoped
public class Copies {

    private final Stores stores;
    private final SourceReading reading;
    private final Writing writing;
    private final Faults faults;
    private final CopyMetrics metrics;

    Copies(Stores stores, SourceReading reading, Writing writing, Faults faults, CopyMetrics metrics) {
        this.stores = stores;
        this.reading = reading;
        this.writing = writing;
        this.faults = faults;
        this.metrics = metrics;
    }

    /** Ends with what became of the document. Fails only by a defect of ours. */
    public Uni<TaskEvent> run(CopyTask task, HeldTask held) {
        return Uni.createFrom().deferred(() -> {
            long startedNanos = System.nanoTime();
            return open(task, held, startedNanos)
                    .chain(transfer -> reading.reading(transfer, source -> copy(transfer, source)))
                    .onFailure()
                    .recoverWithItem(failure -> faults.eventOf(task, failure, millisSince(startedNanos)))
                    .invoke(metrics::count);
        });
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

    private Uni<TaskEvent> copy(Transfer transfer, PinnedSource source) {
        Placement placement = place(transfer, source);
        if (!Admittance.passes(transfer.task().filter(), placement.metadata())) {
            return Uni.createFrom().item(transfer.excluded(source, placement.uuid()));
        }
        return transfer.task().dryRun()
                ? Rehearsal.run(transfer, source, placement)
                : writing.write(Attempt.first(transfer, source, placement));
    }

    private static Placement place(Transfer transfer, PinnedSource source) {
        try {
            return Placement.of(transfer, source);
        } catch (RuntimeException noKey) {
            throw StoreFailure.of(Side.DESTINATION, noKey);
        }
    }

    private static long millisSince(long startedNanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
    }
}
