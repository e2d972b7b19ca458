package io.hermes.storage.local;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.Revision;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Multi;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** Looks at documents and opens them. Blocking, for the worker threads. */
final class LocalReader {

    private final LocalParts parts;

    LocalReader(LocalParts parts) {
        this.parts = parts;
    }

    DocumentStat stat(DocumentKey key) throws IOException {
        try (Folder folder = parts.root().folderOf("stat", key)) {
            FileState state = documentIn(folder, key);
            return stat(key, folder, key.name(), state, parts.root().revisionOf(state));
        }
    }

    private DocumentStat stat(DocumentKey key, Folder folder, String name, FileState state, Revision revision)
            throws IOException {
        KeptMetadata kept = parts.metadata().read(folder, name, state);
        return new DocumentStat(key, state.size(), state.modified(), revision, kept.metadata(), kept.marker());
    }

    /** What is no document is not found, and above all not opened. */
    private static FileState documentIn(Folder folder, DocumentKey key) throws IOException {
        FileState state = folder.state(key.name());
        return switch (state.kind()) {
            case DOCUMENT -> state;
            case LINK ->
                throw LocalErrors.error(ErrorKind.KEY_INVALID, "read", key, "is a link; links are not followed");
            case FOLDER, OTHER -> throw new NoSuchFileException(key.value());
        };
    }

    OpenDocument open(ReadRequest request) throws IOException {
        try {
            return openPresent(request);
        } catch (NoSuchFileException | StorageException failure) {
            if (parts.archive() instanceof History history
                    && request.revision().flatMap(Revision::version).isPresent()) {
                return openKept(request, history);
            }
            throw failure;
        }
    }

    private OpenDocument openPresent(ReadRequest request) throws IOException {
        DocumentKey key = request.key();
        try (Folder folder = parts.root().folderOf("read", key)) {
            FileState state = documentIn(folder, key);
            if (request.revision().filter(wanted -> !state.isAt(wanted)).isPresent()) {
                throw LocalErrors.error(ErrorKind.CHANGED, "read", key, "it is at another revision by now");
            }
            PinnedFile file = PinnedFile.open(key, folder, key.name(), state);
            DocumentStat stat =
                    stat(key, folder, key.name(), state, parts.root().revisionOf(state));
            return opened(stat, file, request.wholeUpTo());
        }
    }

    /** The version wanted, wherever it stands in the history. */
    private OpenDocument openKept(ReadRequest request, History history) throws IOException {
        DocumentKey key = request.key();
        History.Kept kept = history.find(key, request.revision().orElseThrow())
                .orElseThrow(() -> LocalErrors.error(ErrorKind.NOT_FOUND, "read", key, "there is no such revision"));
        String name = kept.entry().name();
        try (Folder folder = history.open(key)) {
            PinnedFile file = PinnedFile.open(key, folder, name, kept.state());
            DocumentStat stat =
                    stat(key, folder, name, kept.state(), kept.entry().revision());
            return opened(stat, file, request.wholeUpTo());
        }
    }

    private OpenDocument opened(DocumentStat stat, PinnedFile file, long wholeUpTo) throws IOException {
        if (stat.size() <= Math.min(wholeUpTo, Integer.MAX_VALUE - Long.BYTES)) {
            try (file) {
                return OpenDocument.of(stat, new DocumentContent.Whole(file.all()));
            }
        }
        FileStream stream = new FileStream(file, parts.root().resources().workers());
        DocumentContent content =
                new DocumentContent.Streamed(stat.size(), Multi.createFrom().publisher(stream));
        return new OpenDocument(stat, content, stream::discard);
    }
}
