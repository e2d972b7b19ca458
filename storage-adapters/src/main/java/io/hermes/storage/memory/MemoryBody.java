package io.hermes.storage.memory;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.smallrye.mutiny.Uni;
import java.nio.ByteBuffer;

/** Collects a body of the announced length, neither more nor less. */
final class MemoryBody {

    private MemoryBody() {}

    static Uni<ByteBuffer> collect(WriteRequest request, int most) {
        long size = request.content().size();
        if (size > most) {
            return Uni.createFrom()
                    .failure(() -> error(request, ErrorKind.CONTENT_TOO_LARGE, "at most " + most + " bytes fit"));
        }
        return switch (request.content()) {
            case DocumentContent.Whole(ByteBuffer bytes) ->
                Uni.createFrom()
                        .item(() -> append(ByteBuffer.allocate((int) size), bytes, request)
                                .flip());
            case DocumentContent.Streamed stream ->
                stream.bytes()
                        .onItem()
                        .scan(() -> ByteBuffer.allocate((int) size), (all, piece) -> append(all, piece, request))
                        .collect()
                        .last()
                        .map(all -> complete(all, request))
                        .onFailure(failure -> !(failure instanceof StorageException))
                        .transform(failure -> error(request, ErrorKind.INTERNAL, "its source failed"));
        };
    }

    private static ByteBuffer append(ByteBuffer all, ByteBuffer piece, WriteRequest request) {
        if (piece.remaining() > all.remaining()) {
            throw error(request, ErrorKind.CONTENT_TRUNCATED, "the body is longer than announced");
        }
        return all.put(piece.duplicate());
    }

    private static ByteBuffer complete(ByteBuffer all, WriteRequest request) {
        if (all.hasRemaining()) {
            throw error(request, ErrorKind.CONTENT_TRUNCATED, "the body is shorter than announced");
        }
        return all.flip();
    }

    private static StorageException error(WriteRequest request, ErrorKind kind, String detail) {
        return new StorageException(kind, "write", request.key().value(), detail);
    }
}
