package io.hermes.storage.local;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.Revision;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what was replaced or deleted for some days, under its own path below the day: {@code docs/a.md} is
 * {@code .hermes-trash/2026-11-23/docs/a.md}, and {@code .hermes-trash/2026-11-23.2/docs/a.md} if that was taken. Moving it back
 * restores it. The day is UTC.
 */
final class Trash implements Archive {

    static final String FOLDER = DocumentKey.RESERVED_PREFIX + "trash";

    /** So often one document is kept in one day. */
    private static final int MAX_BATCHES = 10_000;

    private final LocalRoot root;
    private final MetadataPlace metadata;
    private final TrashPurge purge;
    private final Clock clock;

    Trash(LocalRoot root, MetadataPlace metadata, int days) {
        this(root, metadata, days, Clock.systemUTC());
    }

    Trash(LocalRoot root, MetadataPlace metadata, int days, Clock clock) {
        this.root = root;
        this.metadata = metadata;
        this.clock = clock;
        this.purge = new TrashPurge(root, days, clock);
    }

    @Override
    public void keep(Folder folder, String file, DocumentKey key, Revision revision) throws IOException {
        purge.laterIfDue();
        FileState state = folder.state(file);
        String day = LocalDate.now(clock).toString();
        for (int batch = 1; batch <= MAX_BATCHES; batch++) {
            if (keptIn(batch == 1 ? day : day + "." + batch, folder, file, key, state)) {
                return;
            }
        }
        throw new IOException("the trash holds too many states of one document");
    }

    private boolean keptIn(String batch, Folder folder, String file, DocumentKey key, FileState state)
            throws IOException {
        try (Folder to = root.newFolder(FOLDER + "/" + batch + parentOf(key))) {
            Optional<FileState> there = to.find(key.name());
            if (there.isPresent()) {
                return there.get().identity().equals(state.identity());
            }
            metadata.copied(folder, key.name(), state.inode(), to, key.name());
            folder.link(file, to, key.name());
            root.sync(to);
            return true;
        } catch (FileAlreadyExistsException | NotDirectoryException taken) {
            return false;
        }
    }

    private static String parentOf(DocumentKey key) {
        String folder = key.folder();
        return folder.isEmpty() ? "" : "/" + folder;
    }

    @Override
    public boolean keeps(DocumentKey key, Revision revision, FileState present) throws IOException {
        if (!present.isRenamed(revision)) {
            return false;
        }
        try (Folder trash = root.folder(FOLDER)) {
            for (String batch : purge.batches(trash)) {
                if (holds(FOLDER + "/" + batch + parentOf(key), key, present)) {
                    return true;
                }
            }
        } catch (NoSuchFileException empty) {
            // Nothing was ever thrown away.
        }
        return false;
    }

    private boolean holds(String path, DocumentKey key, FileState present) throws IOException {
        try (Folder batch = root.folder(path)) {
            return batch.find(key.name())
                    .filter(state -> state.identity().equals(present.identity()))
                    .isPresent();
        } catch (NoSuchFileException | NotDirectoryException notThere) {
            return false;
        }
    }

    @Override
    public void deleted(DocumentKey key) {}

    /** Removes what is old enough, all of it. */
    void purge() throws IOException {
        purge.run();
    }

    /** Names of the days' folders, oldest first. */
    List<String> batches() throws IOException {
        try (Folder trash = root.folder(FOLDER)) {
            return purge.batches(trash);
        }
    }
}
