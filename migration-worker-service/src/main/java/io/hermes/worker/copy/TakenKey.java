package io.hermes.worker.copy;

import io.hermes.contract.event.ErrorCode;
import io.hermes.contract.event.Started;
import io.hermes.contract.event.TaskEvent;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.ErrorKind;
import io.hermes.worker.report.Reports;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The wanted key was taken: looks who stands there, once, and does what {@link Occupant} decides. */
@Singleton
final class TakenKey {

    /** A key that changes hands under our eyes more often than this is left to a later attempt. */
    private static final int MOST_LOOKS = 2;

    private final Reports reports;

    TakenKey(Reports reports) {
        this.reports = reports;
    }

    /** @param again writes once more */
    Uni<TaskEvent> resolve(Attempt refused, Function<Attempt, Uni<TaskEvent>> again) {
        if (refused.looks() == MOST_LOOKS) {
            return refuse(true, "The destination key keeps changing hands. Retry when it is at rest.");
        }
        Attempt attempt = refused.looked();
        return look(attempt.transfer(), attempt.placement())
                .chain(found -> found.map(stat -> decide(attempt, stat, again))
                        .orElseGet(() -> again.apply(attempt.whereNothingStands())));
    }

    /** What stands under the key, if anything does. */
    static Uni<Optional<DocumentStat>> look(Transfer transfer, Placement placement) {
        Endpoint destination = transfer.destination();
        return destination
                .calling(destination.store().stat(placement.key()))
                .map(Optional::of)
                .onFailure(failure ->
                        failure instanceof StoreFailure store && store.is(Side.DESTINATION, ErrorKind.NOT_FOUND))
                .recoverWithItem(Optional.empty())
                .invoke(() -> transfer.requested(1));
    }

    private Uni<TaskEvent> decide(Attempt attempt, DocumentStat found, Function<Attempt, Uni<TaskEvent>> again) {
        return switch (Occupant.of(
                found.marker(),
                attempt.placement().marker(),
                attempt.transfer().task().conflictPolicy())) {
            case OUR_COPY -> recover(attempt, found);
            case OUR_OLDER_COPY -> again.apply(attempt.replacingOurOwn(found.revision()));
            case ANOTHER_ITEM -> anotherItem();
            case STRANGER_TO_COMPARE -> compare(attempt.transfer(), attempt.source(), attempt.placement(), found);
            case STRANGER_TO_REPLACE ->
                announce(attempt, found).chain(() -> again.apply(attempt.replacingStranger(found.revision())));
            case STRANGER_TO_KEEP ->
                attempt.beside()
                        ? conflict()
                        : again.apply(attempt.beside(KeyBeside.of(
                                found.key(), attempt.transfer().task().ref())));
        };
    }

    /** The marker says who wrote it; what the bytes are now, only the bytes say. */
    private static Uni<TaskEvent> recover(Attempt attempt, DocumentStat found) {
        Transfer transfer = attempt.transfer();
        Transfer.Arrival arrival = new Transfer.Arrival(found.revision(), Optional.empty(), true, List.of());
        return Verification.readBack(
                        transfer, attempt.source(), attempt.placement().key(), found.revision())
                .map(proof -> transfer.succeeded(attempt.source(), attempt.placement(), proof, arrival));
    }

    /** Same content makes the copy superfluous; other content is a conflict. Sizes that differ need no reading. */
    static Uni<TaskEvent> compare(Transfer transfer, PinnedSource source, Placement placement, DocumentStat found) {
        if (found.size() != source.size()) {
            return conflict();
        }
        return Verification.hashAtDestination(transfer, placement.key(), found.revision())
                .chain(there -> source.hash()
                        .chain(here -> here.equals(there)
                                ? Uni.createFrom()
                                        .item(() -> transfer.identical(source, placement, here, found.revision()))
                                : conflict()));
    }

    /** What is about to be replaced is on record before it is. The broker answers on an event loop, where no work is done. */
    private Uni<Void> announce(Attempt attempt, DocumentStat found) {
        Started started =
                new Started(attempt.transfer().task().ref(), found.revision().text());
        return reports.tellAtOnce(started).emitOn(Infrastructure.getDefaultWorkerPool());
    }

    static Uni<TaskEvent> conflict() {
        return refuse(false, ErrorCode.DEST_CONFLICT.hint());
    }

    static Uni<TaskEvent> anotherItem() {
        return refuse(
                false,
                "Another document of this job was written under this key. Make the path template tell them apart.");
    }

    private static Uni<TaskEvent> refuse(boolean retryable, String message) {
        return Uni.createFrom().failure(new CopyRefused(ErrorCode.DEST_CONFLICT, retryable, message));
    }
}
