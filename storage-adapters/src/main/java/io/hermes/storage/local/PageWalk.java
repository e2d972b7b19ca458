package io.hermes.storage.local;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListPage;
import io.hermes.storage.StorageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** One page being filled while folders are walked. */
final class PageWalk {

    private final LocalRoot root;
    private final int limit;
    private final List<ListPage.Entry> entries = new ArrayList<>();
    private final List<ListPage.Rejected> rejected = new ArrayList<>();
    private String last = "";
    private boolean more;

    PageWalk(LocalRoot root, int limit) {
        this.root = root;
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
        String from = behind.isEmpty() ? "" : behind.get(0);
        boolean resumesInside = behind.size() > 1;
        boolean inclusive = resumesInside;
        while (!more) {
            List<ListedName> names = nextNames(folder, from, inclusive);
            for (ListedName name : names) {
                boolean resumed = resumesInside && name.text().equals(from) && inclusive;
                visit(folder, path, name, resumed ? behind.subList(1, behind.size()) : List.of());
                if (more) {
                    return;
                }
            }
            if (names.size() <= limit) {
                return;
            }
            from = names.get(names.size() - 1).text();
            inclusive = false;
        }
    }

    /** The next names in order, one more than a page takes; fewer if the folder ends. */
    private List<ListedName> nextNames(Folder folder, String from, boolean inclusive) throws IOException {
        TreeSet<ListedName> next = new TreeSet<>();
        try (DirectoryStream<Path> names = folder.names()) {
            for (Path entry : names) {
                ListedName name = ListedName.of(folder.path(), entry);
                int order = name.text().compareTo(from);
                if ((order > 0 || (inclusive && order == 0)) && !name.text().startsWith(DocumentKey.RESERVED_PREFIX)) {
                    next.add(name);
                }
                if (next.size() > limit + 1) {
                    next.pollLast();
                }
            }
        }
        return List.copyOf(next);
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
            entries.add(new ListPage.Entry(new DocumentKey(key), state.size(), state.modified(), state.revision()));
        }
    }

    private void reject(String path, String reason) {
        if (hasRoom()) {
            last = path;
            rejected.add(new ListPage.Rejected(path.replace("\uFFFF", ""), reason));
        }
    }

    private boolean hasRoom() {
        more = entries.size() + rejected.size() == limit;
        return !more;
    }
}
