package io.hermes.worker.copy;

import io.hermes.contract.event.TaskEvent;
import io.hermes.contract.job.ConflictPolicy;
import io.hermes.contract.job.Verify;
import io.hermes.contract.task.CompareTask;
import io.hermes.contract.task.CopyTask;
import io.hermes.worker.held.HeldTask;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Compares one document with its counterpart at the destination. Reads both, writes nothing anywhere, and may be repeated at any time. */
@ApplicationScoped
public class Comparisons {

    private final Transfers transfers;

    Comparisons(Transfers transfers) {
        this.transfers = transfers;
    }

    /** Ends with what was found. Fails only by a defect of ours. */
    public Uni<TaskEvent> run(CompareTask task, HeldTask held) {
        return transfers.run(copyOf(task), held, Comparisons::need, Comparisons::compare);
    }

    private static MemoryNeed need(Transfer transfer) {
        return MemoryNeed.ofComparison(
                transfer.source().capabilities(), transfer.destination().capabilities());
    }

    private static Uni<TaskEvent> compare(Transfer transfer, PinnedSource source) {
        Placement placement = Transfers.place(transfer, source);
        return Admittance.passes(transfer.task().filter(), placement.metadata())
                ? new Comparison(transfer, source, placement).run()
                : Uni.createFrom().item(transfer.excluded(source, placement.uuid()));
    }

    /** The copy whose result is looked for. A dry run, so that it could not write even if it were run. */
    private static CopyTask copyOf(CompareTask task) {
        return new CopyTask(
                task.version(),
                task.ref(),
                task.idempotentKey(),
                task.source(),
                task.destProviderUuid(),
                null,
                ConflictPolicy.SKIP_IDENTICAL,
                Verify.READ_BACK,
                true,
                task.concurrency(),
                null,
                task.filter());
    }
}
