package io.hermes.storage.local;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListPage;
import io.hermes.storage.StorageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One page being filled while folders are walked. */
final class PageWalk {

    private final LocalRoot root;
    private final SortedNames names;
    private final int limit;
    private final List<ListPage.Entry> entries = new ArrayList<>();
    private final List<ListPage.Rejected> rejected = new ArrayList<>();
    private String last = "";
    private boolean more;

    PageWalk(LocalRoot root, SortedNames names, int limit) {
        this.root = root;
        this.names = names;
        this.limit = limit;
    }

    ListPage page() {
        return new ListPage(entries, rejected, more ? Optional.of(last) : Optional.empty());
    }

    /**
     * Walks a folder.
     *
     * @param path its path below the root, {@code ""} or ending in {@code /}
     * @param behind segments of the token below this folder: resume behind these
     */
    void through(Folder folder, String path, List<String> behind) throws IOException {
        Position position = start(behind);
        while (true) {
            NameWindow window = names.from(folder, position, !behind.isEmpty());
            for (int index = window.indexOf(position); index < window.size(); index++) {
                ListedName name = window.name(index);
                boolean resumed = behind.size() > 1 && name.text().equals(behind.get(0));
                visit(folder, path, name, resumed ? behind.subList(1, behind.size()) : List.of());
                if (more) {
                    return;
                }
            }
            if (window.isLast()) {
                return;
            }
            position = window.end();
        }
    }

    /** A token that ends in this folder was shown; one that goes on leads into the folder of this name. */
    private static Position start(List<String> behind) {
        return switch (behind.size()) {
            case 0 -> Position.START;
            case 1 -> Position.behind(behind.get(0));
            default -> Position.at(behind.get(0));
        };
    }

    private void visit(Folder folder, String path, ListedName name, List<String> behind) throws IOException {
        String key = path + name.text();
        if (!name.valid()) {
            reject(key, "its name is not UTF-8; rename it");
            return;
        }
        try {
            FileState state = folder.state(name.text());
            switch (state.kind()) {
                case FOLDER -> descend(folder, key, name, behind);
                case DOCUMENT -> add(key, state, !behind.isEmpty());
                case LINK -> reject(key, "it is a link; links are not followed");
                case OTHER -> reject(key, "it is a pipe, a socket or a device");
            }
        } catch (AccessDeniedException denied) {
            reject(key, "this process has no permission to look at it");
        } catch (NoSuchFileException gone) {
            // It went while we looked: it is not there.
        }
    }

    private void descend(Folder folder, String path, ListedName name, List<String> behind) throws IOException {
        if (!root.config().leadsToDocuments(path)) {
            return;
        }
        if (root.isTooLong(path)) {
            reject(path, "its path is longer than " + root.maxKeyBytes() + " bytes");
            return;
        }
        if (path.split("/", -1).length >= LocalRoot.MAX_FOLDERS) {
            reject(path, "it lies deeper than " + LocalRoot.MAX_FOLDERS + " folders");
            return;
        }
        try (Folder child = folder.child(name.text())) {
            through(child, path + "/", behind);
        } catch (NotDirectoryException replaced) {
            reject(path, "it is no folder any more");
        } catch (StorageException link) {
            rejectLink(path, link);
        }
    }

    private void rejectLink(String path, StorageException failure) {
        if (failure.kind() != ErrorKind.KEY_INVALID) {
            throw failure;
        }
        reject(path, "it is a link; links are not followed");
    }

    /** A document where the token went through a folder came after the listing had passed. */
    private void add(String key, FileState state, boolean passed) {
        if (passed || !root.config().holds(key)) {
            return;
        }
        if (root.isTooLong(key)) {
            reject(key, "its path is longer than " + root.maxKeyBytes() + " bytes");
        } else if (hasRoom()) {
            last = key;
            entries.add(
                    new ListPage.Entry(new DocumentKey(key), state.size(), state.modified(), root.revisionOf(state)));
        }
    }

    private void reject(String path, String reason) {
        if (hasRoom()) {
            last = path;
            rejected.add(new ListPage.Rejected(path.replace(ListedName.MARK, ""), reason));
        }
    }

    private boolean hasRoom() {
        more = entries.size() + rejected.size() == limit;
        return !more;
    }
}
