package io.hermes.storage.local;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Precondition;
import io.hermes.storage.Revision;
import io.hermes.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * Deletes documents. A particular revision is first renamed to a name of ours, where nobody else writes, looked at again there, and only
 * then kept in the archive, if the settings ask for one, and removed; if it turns out to be another one, it gets its name back unless
 * somebody took that meanwhile.
 *
 * <p>Our name follows from key and revision: after a crash the same call finds what the first one had renamed, and finishes it. Folders
 * stay, even empty ones: they are not ours to judge.
 */
final class LocalRemoval {

    private static final String RELEASED = DocumentKey.RESERVED_PREFIX + "released-";
    private static final int NAME_LENGTH = 32;

    private final LocalParts parts;

    LocalRemoval(LocalParts parts) {
        this.parts = parts;
    }

    void delete(DocumentKey key, Precondition precondition) throws IOException {
        try (Folder folder = parts.root().folderOf("delete", key)) {
            remove(folder, key, precondition);
            return;
        } catch (StorageException failure) {
            if (failure.kind() != ErrorKind.NOT_FOUND) {
                throw failure;
            }
        } catch (NoSuchFileException alreadyGone) {
            // Deleting what is not there succeeds.
        }
        parts.archive(key).deleted(key);
    }

    /** As {@link #delete}, for those who stand in the folder. */
    void remove(Folder folder, DocumentKey key, Precondition precondition) throws IOException {
        switch (precondition) {
            case Precondition.None() -> removeWhateverIsThere(folder, key);
            case Precondition.IfMatches(Revision revision) -> release(folder, key, revision);
            case Precondition.IfAbsent() ->
                throw LocalErrors.error(ErrorKind.UNSUPPORTED, "delete", key, "what is absent cannot be deleted");
        }
        parts.root().sync(folder);
    }

    private void removeWhateverIsThere(Folder folder, DocumentKey key) throws IOException {
        synchronized (NameLock.of(folder.at(key.name()))) {
            FileState present = folder.state(key.name());
            if (present.isDocument()) {
                parts.archive(key).keep(folder, key.name(), key, parts.root().revisionOf(present));
                folder.remove(key.name());
                parts.metadata().removed(folder, key.name(), present.inode());
                parts.archive(key).deleted(key);
            }
        }
    }

    private void release(Folder folder, DocumentKey key, Revision revision) throws IOException {
        String released = releasedName(key, revision);
        synchronized (NameLock.of(folder.at(key.name()))) {
            finishEarlierRelease(folder, key, revision, released);
            Optional<FileState> present = folder.find(key.name());
            if (present.isPresent()) {
                if (!present.get().isDocument() || !parts.isAt(key, present.get(), revision)) {
                    throw another(key);
                }
                folder.rename(key.name(), released);
                removeReleased(folder, key, revision, released);
            }
            if (folder.find(key.name()).isEmpty()) {
                parts.archive(key).deleted(key);
            }
        }
    }

    private void finishEarlierRelease(Folder folder, DocumentKey key, Revision revision, String released)
            throws IOException {
        if (folder.find(released).isPresent()) {
            removeReleased(folder, key, revision, released);
        }
    }

    private void removeReleased(Folder folder, DocumentKey key, Revision revision, String released) throws IOException {
        FileState state = folder.state(released);
        if (!state.isRenamed(revision)) {
            putBack(folder, key, released);
            throw another(key);
        }
        parts.archive(key).keep(folder, released, key, revision);
        folder.remove(released);
        parts.metadata().removed(folder, key.name(), state.inode());
    }

    private static void putBack(Folder folder, DocumentKey key, String released) throws IOException {
        try {
            folder.link(released, key.name());
            folder.remove(released);
        } catch (FileAlreadyExistsException taken) {
            throw new StorageException(
                    ErrorKind.PRECONDITION_FAILED,
                    "delete",
                    key.value(),
                    "it was replaced twice meanwhile; the state between is kept beside it as " + released,
                    taken);
        }
    }

    private static StorageException another(DocumentKey key) {
        return LocalErrors.error(ErrorKind.PRECONDITION_FAILED, "delete", key, "another revision stands there");
    }

    static String releasedName(DocumentKey key, Revision revision) {
        byte[] text = (key.name() + "\0" + revision.etag()).getBytes(StandardCharsets.UTF_8);
        return RELEASED + ContentHash.of(ByteBuffer.wrap(text)).hex().substring(0, NAME_LENGTH);
    }
}
