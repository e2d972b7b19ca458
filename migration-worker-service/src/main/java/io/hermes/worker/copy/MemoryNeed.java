package io.hermes.worker.copy;

import io.hermes.storage.Capabilities;

/**
 * How much memory a document takes on its way: all of it where it is written in one request, else the buffers of a stream.
 *
 * @param wholeLimit up to this size a document is read whole
 * @param stream what a longer one needs
 * @param beside what a shorter one needs beside its own bytes
 */
record MemoryNeed(long wholeLimit, long stream, long beside) {

    private static final long LEAST_WHOLE = 1024 * 1024;
    private static final long SMALLEST = 64 * 1024;
    /** What any source's client may have taken from the network. */
    private static final long LEAST_AHEAD = 2 * 1024 * 1024;

    static MemoryNeed of(Capabilities source, Capabilities destination) {
        return new MemoryNeed(
                Math.max(LEAST_WHOLE, destination.wholeWriteBytes()),
                destination.streamBufferBytes() + ahead(source),
                0);
    }

    /** Both sides are read: the source whole if it is short, and beside it what a client may have read ahead; else both as streams. */
    static MemoryNeed ofComparison(Capabilities source, Capabilities destination) {
        return new MemoryNeed(LEAST_WHOLE, ahead(source) + ahead(destination), LEAST_AHEAD);
    }

    private static long ahead(Capabilities read) {
        return Math.max(LEAST_AHEAD, read.readAheadBytes());
    }

    /** Bytes to reserve for a document of this size. */
    long of(long size) {
        return size <= wholeLimit ? Math.max(size, SMALLEST) + beside : stream;
    }
}
