package io.hermes.storage.s3;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.smallrye.mutiny.Multi;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Cuts a stream into parts of equal size, counting and hashing on the way. A part is handed on when it is asked for; until then
 * nothing more is read. One instance serves one stream, whose parts take turns in a few buffers: new ones would each be cleared by the
 * JVM, and moved about while they live.
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
    private final Queue<ByteBuffer> free = new ConcurrentLinkedQueue<>();
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

    /** Takes the buffer of a part that nobody reads any more, for a later part. */
    void reuse(Part part) {
        free.add(part.bytes());
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
            open = buffer((int) Math.min(partBytes, size - (long) number * partBytes));
        }
        int count = Math.min(open.remaining(), piece.remaining());
        open.put(piece.slice(piece.position(), count));
        piece.position(piece.position() + count);
    }

    private ByteBuffer buffer(int length) {
        ByteBuffer used = free.poll();
        return used == null ? ByteBuffer.allocate(length) : used.clear().limit(length);
    }

    /** What is hashed is what will be sent, so that bytes which went wrong on their way here have another hash than at their source. */
    private Part close() {
        Part part = new Part(++number, open.flip());
        digest.update(part.bytes().duplicate());
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
