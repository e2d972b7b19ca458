package io.hermes.worker.copy;

import io.hermes.contract.event.TaskEvent;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The write and its proof. A taken key is handed to {@link TakenKey}, which may ask for another try under another condition or key. */
@Singleton
final class Writing {

    private final TakenKey takenKey;

    Writing(TakenKey takenKey) {
        this.takenKey = takenKey;
    }

    /** Ends with what is to be reported. */
    Uni<TaskEvent> write(Attempt attempt) {
        return put(attempt)
                .chain(written -> prove(attempt, written))
                .onFailure(Writing::keyWasTaken)
                .recoverWithUni(taken -> takenKey.resolve(attempt, this::write));
    }

    private static Uni<Written> put(Attempt attempt) {
        Endpoint destination = attempt.transfer().destination();
        PinnedSource source = attempt.source();
        return destination
                .calling(destination
                        .store()
                        .write(requestOf(attempt))
                        .onFailure()
                        .transform(source::blame))
                .onFailure()
                .invoke(failure -> attempt.transfer().requested(1))
                .invoke(written -> attempt.transfer().requested(written.requests()));
    }

    private static WriteRequest requestOf(Attempt attempt) {
        Placement placement = attempt.placement();
        PinnedSource source = attempt.source();
        DocumentMetadata metadata = placement.metadata().toBuilder()
                .contentHash(source.knownHash().orElse(null))
                .build();
        return new WriteRequest(
                placement.key(),
                source.content(),
                source.knownHash(),
                metadata,
                Optional.of(placement.marker()),
                attempt.condition());
    }

    private static Uni<TaskEvent> prove(Attempt attempt, Written written) {
        Transfer transfer = attempt.transfer();
        Transfer.Arrival arrival =
                new Transfer.Arrival(written.revision(), attempt.replaced(), false, written.metadataLoss());
        return Verification.ofWrite(
                        transfer, attempt.source(), attempt.placement().key(), written)
                .map(proof -> transfer.succeeded(attempt.source(), attempt.placement(), proof, arrival));
    }

    private static boolean keyWasTaken(Throwable failure) {
        return failure instanceof StoreFailure store && store.is(Side.DESTINATION, ErrorKind.PRECONDITION_FAILED);
    }
}
