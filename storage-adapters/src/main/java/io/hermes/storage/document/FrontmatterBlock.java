package io.hermes.storage.document;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Finds the bytes between the two fences, without decoding what lies behind them. */
final class FrontmatterBlock {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int FENCE = 3;

    private FrontmatterBlock() {}

    static Optional<ByteBuffer> find(ByteBuffer head) {
        ByteBuffer bytes = head.slice(head.position(), Math.min(head.remaining(), Frontmatter.MAX_BYTES));
        int start = startsWithMark(bytes) ? BYTE_ORDER_MARK.length : 0;
        int firstLineEnd = lineEnd(bytes, start);
        if (firstLineEnd == bytes.limit() || !isFence(bytes, start, firstLineEnd, '-')) {
            return Optional.empty();
        }
        int block = firstLineEnd + 1;
        for (int line = block; line < bytes.limit(); line = lineEnd(bytes, line) + 1) {
            int end = lineEnd(bytes, line);
            if (isFence(bytes, line, end, '-') || isFence(bytes, line, end, '.')) {
                return Optional.of(bytes.slice(block, line - block));
            }
        }
        return Optional.empty();
    }

    private static boolean startsWithMark(ByteBuffer bytes) {
        return bytes.remaining() >= BYTE_ORDER_MARK.length
                && bytes.slice(0, BYTE_ORDER_MARK.length).equals(ByteBuffer.wrap(BYTE_ORDER_MARK));
    }

    /** Index of the line feed that ends the line, or the limit. */
    private static int lineEnd(ByteBuffer bytes, int from) {
        int at = from;
        while (at < bytes.limit() && bytes.get(at) != '\n') {
            at++;
        }
        return at;
    }

    /** Three times the mark, then nothing but white space (the carriage return of Windows among it). */
    private static boolean isFence(ByteBuffer bytes, int from, int to, char mark) {
        if (to - from < FENCE) {
            return false;
        }
        for (int at = from; at < to; at++) {
            byte found = bytes.get(at);
            boolean fits = at < from + FENCE ? found == mark : found == ' ' || found == '\t' || found == '\r';
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
