package io.hermes.storage.local;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Revision;
import io.hermes.storage.RevisionPage;
import io.hermes.storage.RevisionRequest;
import io.hermes.storage.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps every replaced or deleted state of a document for good, as a second name of the same file: those of {@code docs/a.md} lie in the
 * folder {@code .hermes-revisions/docs/a.md/}. What others do to documents is not seen: a document that is edited in place is its own
 * next state, and one that is removed behind our back leaves only what was kept before.
 */
final class History implements Archive {

    static final String FOLDER = DocumentKey.RESERVED_PREFIX + "revisions";
    /** The token behind the present document, which has no entry. */
    private static final String PRESENT = "present";

    private final LocalRoot root;
    private final MetadataPlace metadata;

    History(LocalRoot root, MetadataPlace metadata) {
        this.root = root;
        this.metadata = metadata;
    }

    @Override
    public void keep(Folder folder, String file, DocumentKey key, Revision revision) throws IOException {
        FileState state = folder.state(file);
        try (Folder to = root.newFolder(folderOf(key))) {
            List<HistoryEntry> kept = entries(to);
            Optional<HistoryEntry> earlier = kept.stream()
                    .filter(entry -> entry.etag().equals(revision.etag()))
                    .findFirst();
            if (earlier.isEmpty() || !isFile(to, earlier.get(), state)) {
                HistoryEntry entry = new HistoryEntry(next(kept), revision.etag());
                metadata.copied(folder, key.name(), state.inode(), to, entry.name());
                folder.link(file, to, entry.name());
            }
            root.sync(to);
        }
    }

    private static long next(List<HistoryEntry> kept) {
        return kept.isEmpty() ? 1 : kept.get(0).number() + 1;
    }

    private static boolean isFile(Folder history, HistoryEntry entry, FileState state) throws IOException {
        return history.find(entry.name())
                .filter(kept -> kept.identity().equals(state.identity()))
                .isPresent();
    }

    @Override
    public boolean keeps(DocumentKey key, Revision revision, FileState present) throws IOException {
        return present.isRenamed(revision)
                && find(key, revision)
                        .filter(kept -> kept.state().identity().equals(present.identity()))
                        .isPresent();
    }

    @Override
    public void deleted(DocumentKey key) throws IOException {
        try (Folder history = root.folder(folderOf(key))) {
            List<HistoryEntry> kept = entries(history);
            if (!kept.isEmpty() && !kept.get(0).isDeletion()) {
                FileChannel marker =
                        history.createDocument(HistoryEntry.deletion(next(kept)).name());
                marker.close();
                root.sync(history);
            }
        } catch (NoSuchFileException | NotDirectoryException never) {
            // A document that never was was not deleted.
        } catch (FileAlreadyExistsException another) {
            // Somebody else said so at the same time.
        }
    }

    /**
     * A kept state.
     *
     * @param entry which
     * @param state of its file
     */
    record Kept(HistoryEntry entry, FileState state) {}

    /** The kept state of this version, if there is one. */
    Optional<Kept> find(DocumentKey key, Revision revision) throws IOException {
        String version = revision.version().orElse(revision.etag());
        try (Folder history = root.folder(folderOf(key))) {
            for (HistoryEntry entry : entries(history)) {
                Optional<FileState> state = history.find(entry.name()).filter(entry::isSound);
                if (state.isPresent() && !entry.isDeletion() && entry.etag().equals(version)) {
                    return Optional.of(new Kept(entry, state.get()));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException never) {
            // No history.
        }
        return Optional.empty();
    }

    /** The folder of a history that is there. */
    Folder open(DocumentKey key) throws IOException {
        return root.folder(folderOf(key));
    }

    RevisionPage page(RevisionRequest request) throws IOException {
        root.requireKey("revisions", request.key());
        Optional<FileState> present = present(request.key());
        List<RevisionPage.Entry> page = new ArrayList<>();
        if (request.token().isEmpty()) {
            present.ifPresent(state -> page.add(entry(root.revisionOf(state), state, true, false)));
        }
        try (Folder history = open(request.key())) {
            List<HistoryEntry> entries = entries(history);
            for (HistoryEntry entry : behind(entries, request.token())) {
                if (page.size() == request.limit()) {
                    return new RevisionPage(page, Optional.of(before(entries, entry)));
                }
                Optional<FileState> state = history.find(entry.name()).filter(entry::isSound);
                if (state.isPresent() && !isSame(present, state.get())) {
                    boolean latest = present.isEmpty() && entry.isDeletion() && entry.equals(entries.get(0));
                    page.add(entry(entry.revision(), state.get(), latest, entry.isDeletion()));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException never) {
            // No history.
        }
        return new RevisionPage(page, Optional.empty());
    }

    private Optional<FileState> present(DocumentKey key) throws IOException {
        try (Folder folder = root.folderOf("revisions", key)) {
            return folder.find(key.name()).filter(FileState::isDocument);
        } catch (StorageException failure) {
            if (failure.kind() == ErrorKind.NOT_FOUND) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** What was kept by a call that was interrupted before it replaced the document is the present state and shown as such. */
    private static boolean isSame(Optional<FileState> present, FileState kept) {
        return present.filter(state -> state.identity().equals(kept.identity())).isPresent();
    }

    private static RevisionPage.Entry entry(Revision revision, FileState state, boolean latest, boolean deletion) {
        return new RevisionPage.Entry(revision, deletion ? 0 : state.size(), state.modified(), latest, deletion);
    }

    /** The token is the name of the last entry looked at. */
    private static List<HistoryEntry> behind(List<HistoryEntry> entries, Optional<String> token) {
        return token.filter(name -> !name.equals(PRESENT))
                .map(name -> entries.stream()
                        .filter(entry -> entry.name().compareTo(name) < 0)
                        .toList())
                .orElse(entries);
    }

    private static String before(List<HistoryEntry> entries, HistoryEntry entry) {
        int index = entries.indexOf(entry);
        return index == 0 ? PRESENT : entries.get(index - 1).name();
    }

    private static String folderOf(DocumentKey key) {
        return FOLDER + "/" + key.value();
    }

    /** Newest first. */
    private static List<HistoryEntry> entries(Folder history) throws IOException {
        List<HistoryEntry> entries = new ArrayList<>();
        try (DirectoryStream<Path> names = history.names()) {
            for (Path name : names) {
                HistoryEntry.parse(name.getFileName().toString()).ifPresent(entries::add);
            }
        }
        entries.sort(HistoryEntry.NEWEST_FIRST);
        return entries;
    }
}
