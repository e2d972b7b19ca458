package io.hermes.storage.local;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Precondition;
import io.hermes.storage.Revision;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * One document on its way to disk: a file of our own beside the final name, counted and hashed while it is written, then published in
 * one step.
 *
 * <p>A name that is free is taken by a hard link, which the kernel refuses if somebody was faster. A document is replaced by a rename,
 * which replaces whatever stands there at that moment; {@code IfMatches} looks at it just before. Between that look and the rename
 * lies one system call, and where replaced states are kept, the time that this takes. Writers of this process are kept out of it by a lock; other workers by the item's lease and by the fact that
 * only an overwriting job, which owns its destination keys, replaces anything; a stranger writing in this very moment is not.
 *
 * <p>Methods block and exclude each other, so that {@link #abort} after a cancellation waits for the piece that is being written.
 */
final class DocumentWrite {

    private static final Logger LOG = Logger.getLogger(DocumentWrite.class);
    /** What every file system and every tool can show. */
    private static final Instant LATEST_FILE_TIME = Instant.parse("2106-02-07T00:00:00Z");

    private final LocalParts parts;
    private final WriteRequest request;
    private final DocumentKey key;
    private final String temporary;
    private final MessageDigest digest = ContentHash.newDigest();

    private Folder folder;
    private FileChannel file;
    private boolean temporaryExists;
    private boolean published;
    private long inode = -1;
    private boolean over;
    private long count;

    DocumentWrite(LocalParts parts, WriteRequest request) {
        this.parts = parts;
        this.request = request;
        this.key = request.key();
        this.temporary = parts.leftovers().newTemporary();
    }

    /** Makes folders and the temporary file; a precondition that cannot hold fails before any byte is asked for. */
    synchronized void begin() throws IOException {
        requireGoingOn();
        folder = parts.root().newFolderOf(key);
        requirePrecondition(folder.find(key.name()));
        file = folder.createDocument(temporary);
        temporaryExists = true;
    }

    /** Appends bytes; the buffer's position stays. */
    synchronized void append(ByteBuffer piece) throws IOException {
        requireGoingOn();
        count += piece.remaining();
        if (count > request.content().size()) {
            throw error(ErrorKind.CONTENT_TRUNCATED, "the body is longer than announced");
        }
        digest.update(piece.duplicate());
        ByteBuffer rest = piece.duplicate();
        while (rest.hasRemaining()) {
            rest.position(rest.position() + file.write(ChannelPieces.next(rest)));
        }
    }

    /** Checks what was written and gives it its name. */
    synchronized Written publish() throws IOException {
        requireGoingOn();
        ContentHash hash = ContentHash.finish(digest);
        requireContent(hash);
        List<String> loss = describe();
        if (parts.root().config().durable()) {
            file.force(true);
        }
        file.close();
        take();
        parts.root().sync(folder);
        Revision revision = revision();
        finish();
        return new Written(revision, hash, count, true, loss, 1);
    }

    private void requireContent(ContentHash hash) {
        if (count < request.content().size()) {
            throw error(ErrorKind.CONTENT_TRUNCATED, "the body is shorter than announced");
        }
        if (request.hash().filter(wanted -> !wanted.equals(hash)).isPresent()) {
            throw error(ErrorKind.CONTENT_MISMATCH, "the bytes are not those that were hashed");
        }
    }

    /** Gives the temporary file the document's time and metadata. */
    private List<String> describe() throws IOException {
        Optional<Instant> time = request.metadata()
                .modifiedTime()
                .filter(wanted -> wanted.isAfter(Instant.EPOCH) && wanted.isBefore(LATEST_FILE_TIME));
        if (time.isPresent()) {
            Files.getFileAttributeView(folder.at(temporary), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(FileTime.from(time.get()), null, null);
        }
        FileState state = folder.state(temporary);
        inode = state.inode();
        return parts.metadata()
                .describe(folder, temporary, state, key.name(), new KeptMetadata(request.metadata(), request.marker()));
    }

    private void take() throws IOException {
        synchronized (NameLock.of(folder.at(key.name()))) {
            switch (request.precondition()) {
                case Precondition.IfAbsent() -> takeFreeName();
                case Precondition.None() -> replace();
                case Precondition.IfMatches(Revision revision) -> replace();
            }
            published = true;
            parts.metadata().published(folder, key.name(), inode);
        }
    }

    private void takeFreeName() throws IOException {
        try {
            folder.link(temporary, key.name());
        } catch (UnsupportedOperationException noLinks) {
            throw error(
                    ErrorKind.UNSUPPORTED, "the file system has no hard links, which taking only a free name needs");
        }
        published = true;
        folder.remove(temporary);
        temporaryExists = false;
    }

    private void replace() throws IOException {
        Optional<FileState> present = folder.find(key.name());
        requirePrecondition(present);
        if (present.isPresent()) {
            parts.archive(key).keep(folder, key.name(), key, revisionOf(present.get()));
        }
        folder.rename(temporary, key.name());
        temporaryExists = false;
    }

    /** The revision that a call before this one knew it as, if that call kept it and was then interrupted. */
    private Revision revisionOf(FileState present) throws IOException {
        return request.precondition() instanceof Precondition.IfMatches(Revision wanted)
                ? wanted
                : parts.root().revisionOf(present);
    }

    private void requirePrecondition(Optional<FileState> present) throws IOException {
        if (present.filter(state -> !state.isDocument()).isPresent()) {
            throw error(ErrorKind.PRECONDITION_FAILED, "a folder, a link or a device has this name");
        }
        boolean holds = switch (request.precondition()) {
            case Precondition.None() -> true;
            case Precondition.IfAbsent() -> present.isEmpty();
            case Precondition.IfMatches(Revision wanted) ->
                present.isPresent() && parts.isAt(key, present.get(), wanted);
        };
        if (!holds) {
            throw error(
                    ErrorKind.PRECONDITION_FAILED,
                    present.isPresent() ? "another document stands there" : "no document stands there");
        }
    }

    private Revision revision() throws IOException {
        return folder.find(key.name())
                .filter(state -> state.inode() == inode)
                .map(parts.root()::revisionOf)
                .orElseThrow(() -> error(ErrorKind.CHANGED, "it was replaced right after it had been written"));
    }

    /** Removes what was begun. Never fails: whatever made us stop is the news. */
    synchronized void abort() {
        over = true;
        try {
            finish();
        } catch (IOException left) {
            LOG.warnf("a temporary file stays behind: %s (%s)", folder.at(temporary), left.getMessage());
        }
    }

    private void finish() throws IOException {
        over = true;
        try (Folder open = folder;
                FileChannel channel = file) {
            if (temporaryExists) {
                temporaryExists = false;
                folder.remove(temporary);
                discardMetadata();
            }
        } finally {
            parts.leftovers().done(temporary);
        }
    }

    private void discardMetadata() throws IOException {
        if (inode >= 0 && !published) {
            parts.metadata().removed(folder, key.name(), inode);
        }
    }

    private void requireGoingOn() {
        if (over) {
            throw error(ErrorKind.INTERNAL, "the write was cancelled");
        }
    }

    private StorageException error(ErrorKind kind, String detail) {
        return LocalErrors.error(kind, "write", key, detail);
    }
}
