package io.hermes.worker.copy;

import io.hermes.contract.event.ErrorCode;
import io.hermes.contract.event.TaskEvent;
import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/**
 * One document against its counterpart. Both are read at pinned revisions, and a difference counts only if both still stand at these
 * revisions afterwards: else one of them was changed meanwhile, which is no difference between the stores but a reason to look again.
 */
final class Comparison {

    private final Transfer transfer;
    private final PinnedSource source;
    private final Placement placement;

    Comparison(Transfer transfer, PinnedSource source, Placement placement) {
        this.transfer = transfer;
        this.source = source;
        this.placement = placement;
    }

    Uni<TaskEvent> run() {
        return TakenKey.look(transfer, placement)
                .chain(found -> found.map(this::with).orElseGet(this::withNothing))
                .onFailure(StoreFailure.class)
                .transform(failure -> readingOnly((StoreFailure) failure));
    }

    private Uni<TaskEvent> with(DocumentStat found) {
        return Verification.hashAtDestination(transfer, placement.key(), found.revision())
                .chain(there -> source.hash()
                        .chain(here -> here.equals(there)
                                ? Uni.createFrom().item(() -> equal(here, found))
                                : stillStanding(Optional.of(found))
                                        .map(confirmed -> transfer.different(source, placement, here, there, found))));
    }

    private Uni<TaskEvent> withNothing() {
        return source.hash()
                .chain(here ->
                        stillStanding(Optional.empty()).map(confirmed -> transfer.missing(source, placement, here)));
    }

    private TaskEvent equal(ContentHash both, DocumentStat found) {
        List<String> differences = MetadataDifferences.of(transfer, source, placement, found);
        return transfer.equal(source, placement, both, found, differences);
    }

    /** Fails if either side is not any more what was read. */
    private Uni<Void> stillStanding(Optional<DocumentStat> seen) {
        Endpoint from = transfer.source();
        return from.calling(from.store().stat(transfer.sourceKey()))
                .invoke(now -> {
                    transfer.requested(1);
                    require(now.revision().matches(source.revision()), ErrorCode.SOURCE_CHANGED);
                })
                .chain(() -> TakenKey.look(transfer, placement))
                .invoke(now -> require(same(seen, now), ErrorCode.DEST_CHANGED))
                .replaceWithVoid();
    }

    private static boolean same(Optional<DocumentStat> seen, Optional<DocumentStat> now) {
        return seen.isPresent() == now.isPresent()
                && seen.map(before -> before.revision().matches(now.get().revision()))
                        .orElse(true);
    }

    private static void require(boolean unchanged, ErrorCode otherwise) {
        if (!unchanged) {
            throw new CopyRefused(otherwise, otherwise.hint());
        }
    }

    /** What a destination's failure means to somebody who only reads it; the table of faults speaks of writing. */
    private static Throwable readingOnly(StoreFailure failure) {
        if (failure.side() == Side.SOURCE) {
            return failure;
        }
        Optional<ErrorKind> kind = failure.storage().map(StorageException::kind);
        if (kind.filter(Comparison::meansChange).isPresent()) {
            return new CopyRefused(ErrorCode.DEST_CHANGED, ErrorCode.DEST_CHANGED.hint());
        }
        return kind.filter(ErrorKind.PERMISSION_DENIED::equals)
                .<Throwable>map(denied -> new CopyRefused(
                        ErrorCode.DEST_PERMISSION_DENIED,
                        "Grant the provider's credentials read access to the destination's document, then retry."))
                .orElse(failure);
    }

    private static boolean meansChange(ErrorKind kind) {
        return kind == ErrorKind.NOT_FOUND
                || kind == ErrorKind.CHANGED
                || kind == ErrorKind.PRECONDITION_FAILED
                || kind == ErrorKind.CONTENT_TRUNCATED;
    }
}
