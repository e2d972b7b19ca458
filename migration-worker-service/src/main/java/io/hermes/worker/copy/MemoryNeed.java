package io.hermes.worker.copy;

import io.hermes.storage.Capabilities;

/**
 * How much memory a document takes on its way: all of it, and the copies that the destination makes, where it is written in one
 * request; else the buffers of a stream.
 *
 * @param wholeLimit up to this size a document is read whole
 * @param copies how often a shorter one is held beside the bytes that were read
 * @param beside what a shorter one needs beside all that
 * @param stream what a longer one needs
 */
record MemoryNeed(long wholeLimit, int copies, long beside, long stream) {

    private static final long LEAST_WHOLE = 1024 * 1024;
    private static final long SMALLEST = 64 * 1024;
    /** What any source's client may have taken from the network. */
    private static final long LEAST_AHEAD = 2 * 1024 * 1024;

    static MemoryNeed of(Capabilities source, Capabilities destination) {
        return new MemoryNeed(
                Math.max(LEAST_WHOLE, destination.wholeWriteBytes()),
                destination.wholeWriteCopies(),
                0,
                destination.streamBufferBytes() + ahead(source));
    }

    /** Both sides are read: the source whole if it is short, and beside it what a client may have read ahead; else both as streams. */
    static MemoryNeed ofComparison(Capabilities source, Capabilities destination) {
        return new MemoryNeed(LEAST_WHOLE, 0, LEAST_AHEAD, ahead(source) + ahead(destination));
    }

    private static long ahead(Capabilities read) {
        return Math.max(LEAST_AHEAD, read.readAheadBytes());
    }

    /** Bytes to reserve for a document of this size. */
    long of(long size) {
        return size <= wholeLimit ? Math.max(size, SMALLEST) * (1 + copies) + beside : stream;
    }
}
