package io.hermes.worker.copy;

import io.hermes.contract.event.TaskEvent;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.Revision;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** A dry run: looks at the destination and says what a real run would do, without writing anything anywhere. */
final class Rehearsal {

    private Rehearsal() {}

    static Uni<TaskEvent> run(Transfer transfer, PinnedSource source, Placement placement) {
        return TakenKey.look(transfer, placement)
                .chain(found -> found.map(stat -> decide(transfer, source, placement, stat))
                        .orElseGet(() -> wouldWrite(transfer, source, placement, Optional.empty())));
    }

    private static Uni<TaskEvent> decide(
            Transfer transfer, PinnedSource source, Placement placement, DocumentStat found) {
        return switch (Occupant.of(
                found.marker(), placement.marker(), transfer.task().conflictPolicy())) {
            case ANOTHER_ITEM -> TakenKey.anotherItem();
            case STRANGER_TO_COMPARE -> TakenKey.compare(transfer, source, placement, found);
            case OUR_COPY, OUR_OLDER_COPY, STRANGER_TO_REPLACE, STRANGER_TO_KEEP ->
                wouldWrite(transfer, source, placement, Optional.of(found.revision()));
        };
    }

    private static Uni<TaskEvent> wouldWrite(
            Transfer transfer, PinnedSource source, Placement placement, Optional<Revision> found) {
        return Uni.createFrom().item(() -> transfer.rehearsed(source, placement, found));
    }
}
