package io.hermes.storage.s3;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.smallrye.mutiny.Multi;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a stream into parts of equal size, counting and hashing on the way. A part is handed on when it is asked for; until then
 * nothing more is read. One instance serves one stream.
 */
final class PartCutter {

    /**
     * A piece of a document.
     *
     * @param number from 1
     * @param bytes its content
     */
    record Part(int number, ByteBuffer bytes) {}

    private final DocumentKey key;
    private final long size;
    private final int partBytes;
    private final MessageDigest digest = ContentHash.newDigest();
    private ByteBuffer open;
    private int number;
    private long seen;

    PartCutter(DocumentKey key, long size, int partBytes) {
        this.key = key;
        this.size = size;
        this.partBytes = partBytes;
    }

    /** The parts; fails when the stream turns out longer or shorter than announced. */
    Multi<Part> parts(DocumentContent.Streamed stream) {
        return stream.bytes()
                .onItem()
                .transformToMultiAndConcatenate(piece -> Multi.createFrom().iterable(cut(piece)))
                .onCompletion()
                .switchTo(() -> Multi.createFrom().iterable(rest()));
    }

    /** Hash of the whole stream, once it has ended. */
    ContentHash hash() {
        return ContentHash.finish(digest);
    }

    private List<Part> cut(ByteBuffer given) {
        ByteBuffer piece = given.duplicate();
        seen += piece.remaining();
        if (seen > size) {
            throw Collected.otherLength(key);
        }
        digest.update(piece.duplicate());
        List<Part> full = new ArrayList<>(1);
        while (piece.hasRemaining()) {
            fill(piece);
            if (!open.hasRemaining()) {
                full.add(close());
            }
        }
        return full;
    }

    private void fill(ByteBuffer piece) {
        if (open == null) {
            long left = size - (long) number * partBytes;
            open = ByteBuffer.allocate((int) Math.min(partBytes, left));
        }
        int count = Math.min(open.remaining(), piece.remaining());
        open.put(piece.slice(piece.position(), count));
        piece.position(piece.position() + count);
    }

    private Part close() {
        Part part = new Part(++number, open.flip());
        open = null;
        return part;
    }

    private List<Part> rest() {
        if (seen != size) {
            throw Collected.otherLength(key);
        }
        return open == null ? List.of() : List.of(close());
    }
}
