package io.hermes.storage;

import io.smallrye.mutiny.Multi;
import java.nio.ByteBuffer;

/** The bytes of a document, in one of two shapes. Never a {@code String}: not every document is text. */
public sealed interface DocumentContent {

    /** Number of bytes. */
    long size();

    /**
     * All bytes in one buffer.
     *
     * @param bytes read-only; {@link ByteBuffer#duplicate} it before reading
     */
    record Whole(ByteBuffer bytes) implements DocumentContent {

        public Whole {
            bytes = bytes.asReadOnlyBuffer();
        }

        @Override
        public long size() {
            return bytes.remaining();
        }
    }

    /**
     * The bytes in order, to be subscribed once, with back-pressure. Buffers are the subscriber's to keep.
     *
     * @param size as announced by the store; the stream fails if it delivers another number of bytes
     * @param bytes the buffers
     */
    record Streamed(long size, Multi<ByteBuffer> bytes) implements DocumentContent {}
}
