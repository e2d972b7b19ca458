package io.hermes.storage.local;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;

/** The way from the root to a document's folder, without leaving the root. */
final class LocalRoot {

    /** The kernel's bound for one path, its closing NUL included. */
    private static final int MAX_PATH_BYTES = 4095;
    /** Room for the names that we give to files beside a document. */
    private static final int OWN_NAME_BYTES = 64;

    private final LocalConfig config;
    private volatile boolean checked;

    LocalRoot(LocalConfig config) {
        this.config = config;
    }

    LocalConfig config() {
        return config;
    }

    int maxKeyBytes() {
        int root = config.root().toString().getBytes(StandardCharsets.UTF_8).length;
        return Math.max(1, MAX_PATH_BYTES - root - 1 - OWN_NAME_BYTES);
    }

    boolean isTooLong(String key) {
        return key.length() > maxKeyBytes() || key.getBytes(StandardCharsets.UTF_8).length > maxKeyBytes();
    }

    /** Opens the root, or says that the store is not there. */
    Folder open() throws IOException {
        try {
            requireDocumentsFolder();
            return Folder.root(config.root());
        } catch (NoSuchFileException | NotDirectoryException missing) {
            throw new StorageException(
                    ErrorKind.CONTAINER_MISSING,
                    "open",
                    config.root().toString(),
                    "the folder is not there; mount or create it",
                    missing);
        } catch (AccessDeniedException denied) {
            throw new StorageException(
                    ErrorKind.PERMISSION_DENIED,
                    "open",
                    config.root().toString(),
                    "this process may not read the folder",
                    denied);
        }
    }

    /** The settings were checked as text; a link may still lead where no store belongs. */
    private void requireDocumentsFolder() throws IOException {
        if (!checked) {
            Path real = config.root().toRealPath();
            if (LocalConfig.isSystem(real)) {
                throw new StorageException(
                        ErrorKind.CONFIG_INVALID,
                        "open",
                        config.root().toString(),
                        "leads to the operating system's files");
            }
            checked = true;
        }
    }

    /** Opens the folder that holds the document. Fails {@code NOT_FOUND} if there is no such folder. */
    Folder folderOf(String operation, DocumentKey key) throws IOException {
        requireKey(operation, key);
        try {
            return walk(key, Folder::child);
        } catch (NoSuchFileException | NotDirectoryException missing) {
            throw new StorageException(
                    ErrorKind.NOT_FOUND, operation, key.value(), "there is no such document", missing);
        }
    }

    /** Opens the folder that is to hold the document, and makes what is missing of the way. */
    Folder newFolderOf(DocumentKey key) throws IOException {
        return walk(key, (folder, name) -> folder.childOrNew(name, config.durable()));
    }

    private interface Descent {
        Folder into(Folder folder, String name) throws IOException;
    }

    private Folder walk(DocumentKey key, Descent descent) throws IOException {
        String[] segments = key.value().split("/");
        return descend(open(), List.of(segments).subList(0, segments.length - 1), descent);
    }

    private static Folder descend(Folder from, List<String> segments, Descent descent) throws IOException {
        Folder folder = from;
        for (String segment : segments) {
            try (Folder above = folder) {
                folder = descent.into(above, segment);
            }
        }
        return folder;
    }

    /** Opens a folder by its path relative to the root, {@code ""} for the root itself. */
    Folder folder(String path) throws IOException {
        List<String> segments = path.isEmpty() ? List.of() : List.of(path.split("/"));
        return descend(open(), segments, Folder::child);
    }

    /** Refuses what can be no document's key here. */
    void requireKey(String operation, DocumentKey key) {
        if (key.isReserved()) {
            throw LocalErrors.error(
                    ErrorKind.KEY_INVALID, operation, key, "names that begin with '.hermes-' are reserved");
        }
        if (isTooLong(key.value())) {
            throw LocalErrors.error(
                    ErrorKind.KEY_INVALID,
                    operation,
                    key,
                    "a key has at most " + maxKeyBytes() + " bytes below this root");
        }
        if (!config.holds(key.value())) {
            throw LocalErrors.error(
                    ErrorKind.KEY_INVALID,
                    operation,
                    key,
                    "documents lie below docs_path and drafts_path; let path_template begin with one of "
                            + config.scopes());
        }
        try {
            Path unused = Path.of(key.value());
        } catch (InvalidPathException unmappable) {
            throw LocalErrors.error(
                    ErrorKind.KEY_INVALID,
                    operation,
                    key,
                    "the file system takes no such name; run with LC_ALL=C.UTF-8");
        }
    }
}
