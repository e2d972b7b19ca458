package io.hermes.storage.local;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.StorageException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;

/**
 * Lists documents depth first, the names of each folder in order. The token is the path of the last thing shown, so that it needs no
 * memory here, survives restarts and stays valid when that thing is gone.
 *
 * <p>Memory is bounded whatever the number of documents: the names of a large folder are held as far as {@link SortedNames} allows.
 */
final class LocalListing {

    private final LocalRoot root;

    LocalListing(LocalRoot root) {
        this.root = root;
    }

    ListPage page(ListRequest request) throws IOException {
        String prefix = request.prefix();
        PageWalk walk = new PageWalk(root, root.resources().names(), request.limit());
        try (Folder folder = root.open()) {
            // Whether the root is there is asked first, and by itself: a missing root is no empty page.
        }
        if (prefix.isEmpty() || isFolderKey(prefix)) {
            walk(walk, prefix, behind(request));
        }
        return walk.page();
    }

    private static boolean isFolderKey(String prefix) {
        return !new DocumentKey(prefix).isReserved();
    }

    private void walk(PageWalk walk, String prefix, List<String> behind) throws IOException {
        try (Folder folder = root.folder(prefix)) {
            walk.through(folder, prefix.isEmpty() ? "" : prefix + "/", behind);
        } catch (NoSuchFileException | NotDirectoryException nothingBelow) {
            // A prefix that is no folder has no documents below it.
        }
    }

    /** The segments of the token below the prefix. */
    private static List<String> behind(ListRequest request) {
        String start = request.prefix().isEmpty() ? "" : request.prefix() + "/";
        String token = request.token().orElse(start);
        if (!token.startsWith(start)) {
            throw new StorageException(
                    ErrorKind.KEY_INVALID, "list", request.prefix(), "the token belongs to another listing");
        }
        String rest = token.substring(start.length());
        return rest.isEmpty() ? List.of() : List.of(rest.split("/"));
    }
}
