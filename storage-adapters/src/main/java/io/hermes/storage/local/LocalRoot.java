package io.hermes.storage.local;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Revision;
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
    /** Room for the names that we give to files beside a document and in its history. */
    private static final int OWN_NAME_BYTES = 192;
    /** A listing holds every folder on its way open. */
    static final int MAX_FOLDERS = 256;

    private final LocalConfig config;
    private final AllowedRoots allowed;
    private final LocalResources resources;
    private volatile boolean checked;

    LocalRoot(LocalConfig config, AllowedRoots allowed, LocalResources resources) {
        this.config = config;
        this.allowed = allowed;
        this.resources = resources;
    }

    LocalConfig config() {
        return config;
    }

    LocalResources resources() {
        return resources;
    }

    /** A state in its port's form: a version is named where earlier ones can be read again. */
    Revision revisionOf(FileState state) {
        String etag = state.etag();
        return config.keepsRevisions() ? Revision.of(etag, etag) : Revision.of(etag);
    }

    /** Makes names in the folder survive a power cut, as far as the settings ask for it. */
    void sync(Folder folder) throws IOException {
        switch (config.durability()) {
            case EACH -> folder.sync();
            case GROUP -> resources.syncs().sync(folder.identity(), folder::sync);
            case NONE -> {}
        }
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
            if (!allowed.allowReal(config.root().toRealPath())) {
                throw new StorageException(
                        ErrorKind.CONFIG_INVALID,
                        "open",
                        config.root().toString(),
                        "leads to a folder where no store is allowed");
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
        return walk(key, this::childOrNew);
    }

    private Folder childOrNew(Folder folder, String name) throws IOException {
        try {
            return folder.child(name);
        } catch (NoSuchFileException missing) {
            folder.make(name);
            sync(folder);
            return folder.child(name);
        }
    }

    private interface Descent {
        Folder into(Folder folder, String name) throws IOException;
    }

    private Folder walk(DocumentKey key, Descent descent) throws IOException {
        String path = key.folder();
        return resources
                .folders()
                .get(new OpenFolders.Place(config.root(), path), () -> descend(open(), segments(path), descent));
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
        return descend(open(), segments(path), Folder::child);
    }

    /** As {@link #folder}, and makes what is missing of the way. */
    Folder newFolder(String path) throws IOException {
        return descend(open(), segments(path), this::childOrNew);
    }

    private static List<String> segments(String path) {
        return path.isEmpty() ? List.of() : List.of(path.split("/"));
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
        if (key.value().split("/", -1).length > MAX_FOLDERS) {
            throw LocalErrors.error(
                    ErrorKind.KEY_INVALID, operation, key, "a key has at most " + MAX_FOLDERS + " segments");
        }
        if (key.value().contains(ListedName.MARK)) {
            throw LocalErrors.error(ErrorKind.KEY_INVALID, operation, key, "U+FFFF is no character");
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
