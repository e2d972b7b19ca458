package io.hermes.storage.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** As much of HTTP/1.1 as it takes to hand messages on: heads, chunks and lengths. */
final class HttpFraming {

    private static final int PIECE = 16 * 1024;
    private static final int MAX_LINE = 64 * 1024;

    private HttpFraming() {}

    /** The lines of a head; empty where the connection has ended in order. */
    static Optional<List<String>> head(InputStream in) throws IOException {
        List<String> lines = new java.util.ArrayList<>();
        for (String line = line(in); line != null; line = line(in)) {
            if (line.isEmpty()) {
                return Optional.of(lines);
            }
            lines.add(line);
        }
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        throw new EOFException("a head without an end");
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(80);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return line.size() == 0 ? null : line.toString(StandardCharsets.ISO_8859_1);
            }
            if (next != '\r') {
                line.write(next);
            }
            if (line.size() > MAX_LINE) {
                throw new IOException("a line without an end");
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    static HttpHeaders headers(List<String> head) {
        return new HttpHeaders(
                head.stream().skip(1).map(HttpHeaders.Line::parse).toList());
    }

    static void writeHead(OutputStream out, String start, HttpHeaders headers) throws IOException {
        StringBuilder head = new StringBuilder(start).append("\r\n");
        headers.lines().forEach(line -> head.append(line).append("\r\n"));
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The body behind these headers; where they say nothing, {@code otherwise}. */
    static InputStream body(InputStream in, HttpHeaders headers, InputStream otherwise) {
        if (headers.chunked()) {
            return new Chunks(in);
        }
        return headers.first("Content-Length")
                .map(length -> (InputStream) new Limited(in, Long.parseLong(length)))
                .orElse(otherwise);
    }

    /** Copies to the end. Each piece is flushed, so that a body that is cut has left to the last byte. */
    static void copy(InputStream body, OutputStream out, boolean chunked) throws IOException {
        byte[] piece = new byte[PIECE];
        for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
            if (chunked) {
                out.write((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            }
            out.write(piece, 0, count);
            if (chunked) {
                out.write(new byte[] {'\r', '\n'});
            }
            out.flush();
        }
        if (chunked) {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        }
        out.flush();
    }

    /** A stream whose single bytes are read as pieces of one. */
    private abstract static class Wrapped extends FilterInputStream {
        Wrapped(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        /** A body's end is not its connection's. */
        @Override
        public void close() {}
    }

    /** So many bytes, or a failure. */
    static final class Limited extends Wrapped {
        private long left;

        Limited(InputStream in, long size) {
            super(in);
            left = size;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = in.read(into, from, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException("a body without its end");
            }
            left -= count;
            return count;
        }
    }

    /** The bytes of a chunked body. */
    static final class Chunks extends Wrapped {
        private long left;
        private boolean ended;

        Chunks(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (left == 0 && !ended) {
                nextChunk();
            }
            if (ended) {
                return -1;
            }
            int count = in.read(into, from, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException("a chunk without its end");
            }
            left -= count;
            if (left == 0) {
                line(in);
            }
            return count;
        }

        private void nextChunk() throws IOException {
            String size = line(in);
            if (size == null) {
                throw new EOFException("a body without its last chunk");
            }
            left = Long.parseLong(size.split(";", 2)[0].strip(), 16);
            if (left == 0) {
                ended = true;
                for (String trailer = line(in); trailer != null && !trailer.isEmpty(); trailer = line(in)) {
                    // Trailers end with the body; nobody needs them.
                }
            }
        }
    }

    /** So many bytes, then the cut, unless the body ends first. */
    static final class Cutting extends Wrapped {
        private final Cut.How how;
        private long left;

        Cutting(InputStream in, long after, Cut.How how) {
            super(in);
            this.how = how;
            left = after;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (left == 0) {
                throw new Cut(how);
            }
            int count = in.read(into, from, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }
    }

    /** The same bytes but for one bit. */
    static final class Flipping extends Wrapped {
        private long left;

        Flipping(InputStream in, long at) {
            super(in);
            left = at;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int count = in.read(into, from, length);
            if (left >= 0 && left < count) {
                into[from + (int) left] ^= 1;
            }
            left -= Math.max(0, count);
            return count;
        }
    }

    /** The same bytes, a few at a time. */
    static final class Slow extends Wrapped {
        private static final int PIECES_A_SECOND = 20;
        private final long rate;

        Slow(InputStream in, long bytesPerSecond) {
            super(in);
            rate = bytesPerSecond;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int count = in.read(into, from, (int) Math.min(length, Math.max(1, rate / PIECES_A_SECOND)));
            Faults.pause(Duration.ofMillis(Math.max(0, count) * 1000L / rate));
            return count;
        }
    }
}
