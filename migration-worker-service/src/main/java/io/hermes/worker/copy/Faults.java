package io.hermes.worker.copy;

import io.hermes.contract.event.Deferred;
import io.hermes.contract.event.ErrorCode;
import io.hermes.contract.event.Failed;
import io.hermes.contract.event.TaskEvent;
import io.hermes.contract.task.CopyTask;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import io.hermes.worker.WorkerConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Turns whatever ended a copy early into the event that tells it. Messages are our own sentences, never a server's. */
@Singleton
final class Faults {

    private static final Logger LOG = Logger.getLogger(Faults.class);

    private final Duration outagePause;

    Faults(WorkerConfig config) {
        this.outagePause = config.outagePause();
    }

    TaskEvent eventOf(CopyTask task, Throwable failure, long durationMillis) {
        return switch (failure) {
            case CopyRefused refused ->
                new Failed(task.ref(), refused.code(), refused.getMessage(), refused.retryable(), null, durationMillis);
            case StoreFailure store
            when store.storage().isPresent() ->
                ofStorage(task, store, store.storage().get(), durationMillis);
            case StoreFailure store when store.opening() -> notOpened(task, store);
            default -> defect(task, failure, durationMillis);
        };
    }

    private TaskEvent ofStorage(CopyTask task, StoreFailure store, StorageException failure, long durationMillis) {
        Side side = store.side();
        LOG.debugf(
                failure,
                "a store failed side=%s kind=%s itemId=%d",
                side,
                failure.kind(),
                task.ref().itemId());
        return switch (Fault.of(failure.kind(), side)) {
            case Fault.Outage outage ->
                new Deferred(
                        task.ref(),
                        providerOf(task, side),
                        outage.reason(),
                        outage.code(),
                        // Nobody was asked anything yet, so the sentence is ours, and tells more.
                        store.opening() ? failure.getMessage() : outage.code().hint(),
                        failure.retryAfter().orElse(outagePause).toMillis());
            case Fault.OfDocument fault -> failed(task, side, failure, fault, durationMillis);
        };
    }

    private static TaskEvent failed(
            CopyTask task, Side side, StorageException failure, Fault.OfDocument fault, long durationMillis) {
        if (failure.kind() == ErrorKind.INTERNAL) {
            LOG.errorf(
                    failure,
                    "a store failed in a way we do not know side=%s itemId=%d",
                    side,
                    task.ref().itemId());
        }
        Long wait = failure.retryAfter().map(Duration::toMillis).orElse(null);
        return new Failed(task.ref(), fault.code(), fault.code().hint(), fault.retryable(), wait, durationMillis);
    }

    private TaskEvent notOpened(CopyTask task, StoreFailure failure) {
        LOG.warnf(
                "a store could not be opened side=%s: %s",
                failure.side(), failure.getCause().getMessage());
        ErrorCode code = switch (failure.side()) {
            case SOURCE -> ErrorCode.SOURCE_UNAVAILABLE;
            case DESTINATION -> ErrorCode.DEST_UNAVAILABLE;
        };
        return new Deferred(
                task.ref(),
                providerOf(task, failure.side()),
                Deferred.Reason.PROVIDER_UNAVAILABLE,
                code,
                "The provider's settings could not be had from the registry. The job goes on when they can.",
                outagePause.toMillis());
    }

    private static TaskEvent defect(CopyTask task, Throwable failure, long durationMillis) {
        LOG.errorf(
                failure,
                "a copy ended by a defect jobId=%s itemId=%d",
                task.ref().jobUuid(),
                task.ref().itemId());
        return new Failed(task.ref(), ErrorCode.INTERNAL, ErrorCode.INTERNAL.hint(), true, null, durationMillis);
    }

    private static UUID providerOf(CopyTask task, Side side) {
        return switch (side) {
            case SOURCE -> task.source().providerUuid();
            case DESTINATION -> task.destProviderUuid();
        };
    }
}
