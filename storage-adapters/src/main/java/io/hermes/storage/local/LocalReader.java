package io.hermes.storage.local;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.ReadRequest;
import io.smallrye.mutiny.Multi;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** Looks at documents and opens them. Blocking, for the worker threads. */
final class LocalReader {

    private final LocalRoot root;
    private final LocalWorkers workers;

    LocalReader(LocalRoot root, LocalWorkers workers) {
        this.root = root;
        this.workers = workers;
    }

    DocumentStat stat(DocumentKey key) throws IOException {
        try (Folder folder = root.folderOf("stat", key)) {
            return stat(key, folder, documentIn(folder, key));
        }
    }

    private static DocumentStat stat(DocumentKey key, Folder folder, FileState state) {
        KeptMetadata kept = MetadataAttribute.read(folder.at(key.name()), state);
        return new DocumentStat(key, state.size(), state.modified(), state.revision(), kept.metadata(), kept.marker());
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
        DocumentKey key = request.key();
        try (Folder folder = root.folderOf("read", key)) {
            FileState state = documentIn(folder, key);
            if (request.revision()
                    .filter(wanted -> !wanted.matches(state.revision()))
                    .isPresent()) {
                throw LocalErrors.error(ErrorKind.CHANGED, "read", key, "it is at another revision by now");
            }
            PinnedFile file = PinnedFile.open(key, folder, state);
            return opened(stat(key, folder, state), file, request.wholeUpTo());
        }
    }

    private OpenDocument opened(DocumentStat stat, PinnedFile file, long wholeUpTo) throws IOException {
        if (stat.size() <= Math.min(wholeUpTo, Integer.MAX_VALUE - Long.BYTES)) {
            try (file) {
                return OpenDocument.of(stat, new DocumentContent.Whole(file.all()));
            }
        }
        FileStream stream = new FileStream(file, workers);
        DocumentContent content =
                new DocumentContent.Streamed(stat.size(), Multi.createFrom().publisher(stream));
        return new OpenDocument(stat, content, stream::discard);
    }
}
