package io.hermes.storage.local;

import java.nio.ByteBuffer;

/**
 * What a file channel is given at once. The JDK moves the bytes of a heap buffer through one outside the heap that is as large, and each
 * thread keeps the largest it ever needed: a whole document at once would be a second copy that nobody counts and that stays.
 */
final class ChannelPieces {

    static final int MOST_BYTES = 128 * 1024;

    private ChannelPieces() {}

    /** The next bytes of the buffer, whose position stays. */
    static ByteBuffer next(ByteBuffer buffer) {
        return buffer.slice(buffer.position(), Math.min(MOST_BYTES, buffer.remaining()));
    }
}
