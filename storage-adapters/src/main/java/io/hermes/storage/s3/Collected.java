package io.hermes.storage.s3;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;
import java.nio.ByteBuffer;

/** Collects a stream of known, moderate size into one buffer. */
record Collected(DocumentKey key, DocumentContent.Streamed stream) {

    /** The bytes, exactly as many as were announced. */
    Uni<ByteBuffer> bytes() {
        return Uni.createFrom().deferred(() -> collect(ByteBuffer.allocate((int) stream.size())));
    }

    private Uni<ByteBuffer> collect(ByteBuffer into) {
        return stream.bytes()
                .onItem()
                .invoke(piece -> append(into, piece))
                .onItem()
                .ignoreAsUni()
                .map(done -> complete(into));
    }

    private void append(ByteBuffer into, ByteBuffer piece) {
        if (piece.remaining() > into.remaining()) {
            throw otherLength(key);
        }
        into.put(piece.duplicate());
    }

    private ByteBuffer complete(ByteBuffer into) {
        if (into.hasRemaining()) {
            throw otherLength(key);
        }
        return into.flip();
    }

    static StorageException otherLength(DocumentKey key) {
        return new StorageException(
                ErrorKind.CONTENT_TRUNCATED,
                "write",
                key.value(),
                "the content has another length than announced; nothing was written");
    }
}
