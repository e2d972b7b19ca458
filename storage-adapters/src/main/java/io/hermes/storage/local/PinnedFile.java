package io.hermes.storage.local;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A document opened at one revision. Java shows no attributes of an open file, so its name is looked at before and after the opening, and
 * again at the end: if all three looks agree, these were the bytes of that revision.
 */
final class PinnedFile implements AutoCloseable {

    private static final int PIECE_BYTES = ChannelPieces.MOST_BYTES;

    private final DocumentKey key;
    private final Path path;
    private final FileState state;
    private final FileChannel file;
    private long count;

    private PinnedFile(DocumentKey key, Path path, FileState state, FileChannel file) {
        this.key = key;
        this.path = path;
        this.state = state;
        this.file = file;
    }

    /** Opens the file of this name, which was seen in this state. */
    static PinnedFile open(DocumentKey key, Folder folder, String name, FileState seen) throws IOException {
        FileChannel file = folder.openDocument(name);
        PinnedFile pinned = new PinnedFile(key, folder.at(name), seen, file);
        try {
            pinned.requireSameState();
            return pinned;
        } catch (IOException | RuntimeException failure) {
            pinned.close();
            throw failure;
        }
    }

    boolean atEnd() {
        return count == state.size();
    }

    /** The next piece; there is one until {@link #atEnd}. */
    ByteBuffer next() throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, state.size() - count));
        readInto(piece);
        return piece.flip();
    }

    /** All bytes, of a document that fits into one buffer. */
    ByteBuffer all() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) state.size());
        readInto(bytes);
        requireUnchanged();
        return bytes.flip();
    }

    private void readInto(ByteBuffer piece) throws IOException {
        while (piece.hasRemaining()) {
            int read = file.read(ChannelPieces.next(piece));
            if (read < 0) {
                requireSameState();
                throw error(ErrorKind.CONTENT_TRUNCATED, "it ended before its size was reached");
            }
            piece.position(piece.position() + read);
            count += read;
        }
    }

    /** What must hold after the last byte. */
    void requireUnchanged() throws IOException {
        requireSameState();
        if (file.read(ByteBuffer.allocate(1)) >= 0) {
            throw error(ErrorKind.CONTENT_TRUNCATED, "it goes on behind its size");
        }
    }

    private void requireSameState() throws IOException {
        Optional<FileState> present = FileState.find(path);
        if (!present.equals(Optional.of(state))) {
            throw error(ErrorKind.CHANGED, "it changed while it was read");
        }
    }

    StorageException usedUp() {
        return error(ErrorKind.INTERNAL, "its content was subscribed twice or discarded before");
    }

    StorageException error(Exception failure) {
        return LocalErrors.of("read", key.value(), failure);
    }

    private StorageException error(ErrorKind kind, String detail) {
        return LocalErrors.error(kind, "read", key, detail);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException nothingWasWritten) {
            // A file that was only read has nothing left to lose.
        }
    }
}
