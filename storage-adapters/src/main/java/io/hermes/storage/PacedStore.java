package io.hermes.storage;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.nio.ByteBuffer;

/**
 * Lets the bytes of documents flow at the provider's pace: a body in one piece has one turn before it is written, and a reservation as large
 * as those before it when it is read; a stream has one for each piece that is asked for. Requests are not counted here.
 */
final class PacedStore extends DelegatingStore {

    /** Of the newest body, the part in what the next one is thought to be long. */
    private static final double WEIGHT = 0.1;

    private final Pace pace;
    private volatile double usual;

    PacedStore(DocumentStore store, Pace pace) {
        super(store);
        this.pace = pace;
    }

    @Override
    public Uni<OpenDocument> read(ReadRequest request) {
        return pace.bytesAreFree() ? store.read(request) : Uni.createFrom().deferred(() -> inTurn(request));
    }

    private Uni<OpenDocument> inTurn(ReadRequest request) {
        long reserved = Math.min((long) usual, request.wholeUpTo());
        return Uni.createFrom()
                .completionStage(() -> pace.bytes(reserved))
                .chain(() -> store.read(request)
                        .map(open -> settled(open, reserved))
                        .onFailure()
                        .invoke(() -> pace.moved(-reserved))
                        .onCancellation()
                        .invoke(() -> pace.moved(-reserved)));
    }

    private OpenDocument settled(OpenDocument open, long reserved) {
        return switch (open.content()) {
            case DocumentContent.Whole whole -> {
                pace.moved(whole.size() - reserved);
                double before = usual;
                usual = before + WEIGHT * (whole.size() - before);
                yield open;
            }
            case DocumentContent.Streamed stream -> {
                pace.moved(-reserved);
                yield new OpenDocument(open.stat(), flowing(stream), open.discard(), open.requests());
            }
        };
    }

    @Override
    public Uni<Written> write(WriteRequest request) {
        return pace.bytesAreFree() ? store.write(request) : inTurn(request);
    }

    private Uni<Written> inTurn(WriteRequest request) {
        return switch (request.content()) {
            case DocumentContent.Whole whole ->
                Uni.createFrom().completionStage(() -> pace.bytes(whole.size())).chain(() -> store.write(request));
            case DocumentContent.Streamed stream ->
                store.write(new WriteRequest(
                        request.key(),
                        flowing(stream),
                        request.hash(),
                        request.metadata(),
                        request.marker(),
                        request.precondition()));
        };
    }

    private DocumentContent.Streamed flowing(DocumentContent.Streamed stream) {
        return new DocumentContent.Streamed(stream.size(), flowing(stream.bytes()));
    }

    /** One piece is held while it waits, and the next is asked for when it has gone. */
    private Multi<ByteBuffer> flowing(Multi<ByteBuffer> pieces) {
        return pieces.onItem()
                .transformToUniAndConcatenate(piece -> Uni.createFrom()
                        .completionStage(() -> pace.bytes(piece.remaining()))
                        .replaceWith(piece));
    }
}
