package io.hermes.storage.local;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Feeds a body to a {@link DocumentWrite}: whole in one step, a stream piece by piece without a thread waiting for the next piece. */
final class LocalWriter {

    private final LocalParts parts;
    private final LocalWorkers workers;

    LocalWriter(LocalParts parts) {
        this.parts = parts;
        this.workers = parts.root().resources().workers();
    }

    Uni<Written> write(WriteRequest request) {
        Uni<Written> write = switch (request.content()) {
            case DocumentContent.Whole(ByteBuffer bytes) -> call(request, () -> writeWhole(request, bytes));
            case DocumentContent.Streamed stream -> Uni.createFrom().deferred(() -> writeStream(request, stream));
        };
        return write.invoke(() -> parts.leftovers().sweepLater(request.key().folder()));
    }

    /** The blocking form, for those who are on a thread of ours already. Takes names of ours too. */
    Written writeWhole(WriteRequest request, ByteBuffer bytes) throws IOException {
        DocumentWrite write = new DocumentWrite(parts, request);
        try {
            write.begin();
            write.append(bytes);
            return write.publish();
        } finally {
            write.abort();
        }
    }

    private Uni<Written> writeStream(WriteRequest request, DocumentContent.Streamed stream) {
        DocumentWrite write = new DocumentWrite(parts, request);
        return step(request, write::begin)
                .chain(() -> appendAll(request, stream, write))
                .chain(() -> call(request, write::publish))
                .onFailure()
                .call(() -> step(request, write::abort))
                .onCancellation()
                .call(() -> step(request, write::abort));
    }

    private Uni<Void> appendAll(WriteRequest request, DocumentContent.Streamed stream, DocumentWrite write) {
        return stream.bytes()
                .onFailure(failure -> !(failure instanceof StorageException))
                .transform(failure -> sourceFailed(request, failure))
                .onItem()
                .transformToUniAndConcatenate(piece -> step(request, () -> write.append(piece)))
                .onItem()
                .ignoreAsUni();
    }

    private static StorageException sourceFailed(WriteRequest request, Throwable failure) {
        return new StorageException(
                ErrorKind.INTERNAL, "write", request.key().value(), "its source failed, see the cause", failure);
    }

    private <T> Uni<T> call(WriteRequest request, LocalWorkers.Step<T> step) {
        return workers.call("write", request.key().value(), step);
    }

    private interface Action {
        void run() throws IOException;
    }

    private Uni<Void> step(WriteRequest request, Action action) {
        return call(request, () -> {
            action.run();
            return null;
        });
    }
}
