package io.hermes.worker.copy;

import io.hermes.contract.event.TaskEvent;
import io.hermes.contract.task.CopyTask;
import io.hermes.worker.held.HeldTask;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Copies one document and proves it (ARCHITECTURE §4). May be repeated at any time: what is already done is found by its marker. */
@ApplicationScoped
public class Copies {

    private final Transfers transfers;
    private final Writing writing;

    Copies(Transfers transfers, Writing writing) {
        this.transfers = transfers;
        this.writing = writing;
    }

    /** Ends with what became of the document. Fails only by a defect of ours. */
    public Uni<TaskEvent> run(CopyTask task, HeldTask held) {
        return transfers.run(task, held, Copies::need, this::copy);
    }

    /** Looked at for every document, since the provider may have been made readonly after the job was. */
    private static MemoryNeed need(Transfer transfer) {
        transfer.destination().requireNotReadonly();
        return MemoryNeed.of(
                transfer.source().capabilities(), transfer.destination().capabilities());
    }

    private Uni<TaskEvent> copy(Transfer transfer, PinnedSource source) {
        Placement placement = Transfers.place(transfer, source);
        if (!Admittance.passes(transfer.task().filter(), placement.metadata())) {
            return Uni.createFrom().item(transfer.excluded(source, placement.uuid()));
        }
        return transfer.task().dryRun()
                ? Rehearsal.run(transfer, source, placement)
                : writing.write(Attempt.first(transfer, source, placement));
    }
}
