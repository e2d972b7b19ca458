package io.hermes.storage.s3;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Iterator;

/** Reads buffers one after the other, and moves their positions. */
final class BufferStream extends InputStream {

    private static final int END = -1;

    private final Iterator<ByteBuffer> buffers;
    private ByteBuffer present = ByteBuffer.allocate(0);

    BufferStream(Iterator<ByteBuffer> buffers) {
        this.buffers = buffers;
    }

    @Override
    public int read() {
        return findBytes() ? Byte.toUnsignedInt(present.get()) : END;
    }

    @Override
    public int read(byte[] into, int from, int length) {
        if (length == 0) {
            return 0;
        }
        if (!findBytes()) {
            return END;
        }
        int count = Math.min(length, present.remaining());
        present.get(into, from, count);
        return count;
    }

    private boolean findBytes() {
        while (!present.hasRemaining() && buffers.hasNext()) {
            present = buffers.next();
        }
        return present.hasRemaining();
    }
}
