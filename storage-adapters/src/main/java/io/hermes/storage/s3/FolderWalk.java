package io.hermes.storage.s3;

import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.StorageException;
import io.hermes.storage.s3.FolderAnswer.Listed;
import io.hermes.storage.s3.OpenFolder.Next;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * One page's way through the folders. Holds what is left of one answer for each folder between the listed one and the one it stands in,
 * and nothing after the page: a token is enough to stand there again.
 */
final class FolderWalk {

    /** Folders may be without documents; a page that finds few ends after so many requests, and the next goes on. */
    static final int MOST_REQUESTS = 200;

    private final ListRequest request;
    private final ListedObjects found;
    private final String start;
    private final Optional<Behind> began;

    /** The deepest first. */
    private final Deque<OpenFolder> open = new ArrayDeque<>();

    private Optional<Behind> position;
    private int requests;
    /** Objects that one answer told, at most. */
    private long largest;

    FolderWalk(S3Keys keys, ListRequest request, Optional<Behind> began) {
        this.request = request;
        this.found = new ListedObjects(keys, request);
        this.start = keys.below(request.prefix());
        this.began = began;
        this.position = began;
        began.ifPresentOrElse(this::openBehind, () -> open.push(new OpenFolder(start, Next.beginning())));
    }

    /** The folder that the place is in, and those around it, each behind the one below. */
    private void openBehind(Behind place) {
        if (!place.name().startsWith(start)) {
            throw new StorageException(
                    ErrorKind.KEY_INVALID, "list", request.prefix(), "the token belongs to another listing");
        }
        String folder = place.folder() ? place.name() : folderOf(place.name());
        if (!place.folder()) {
            open.addLast(new OpenFolder(folder, Next.behind(place)));
        }
        while (folder.length() > start.length()) {
            String around = folderOf(folder.substring(0, folder.length() - 1));
            open.addLast(new OpenFolder(around, Next.behind(Behind.folder(folder))));
            folder = around;
        }
    }

    private static String folderOf(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    /** The folder to ask for next. */
    OpenFolder folder() {
        return open.getFirst();
    }

    /** The folders beside it that come then, as far as the page has room for them if they hold as much as the largest so far. */
    List<String> upcoming() {
        long more = Math.min(found.room() / Math.max(1, largest), MOST_REQUESTS - requests) - 1;
        return open.stream()
                .skip(1)
                .findFirst()
                .filter(around -> largest > 0 && more > 0)
                .map(around -> around.folders(more))
                .orElse(List.of());
    }

    boolean needsMore() {
        return !open.isEmpty() && !isFull();
    }

    /** Goes on with what was told of that folder, as far as that leads. */
    void goOn(Collection<Listed> told, Optional<Next> next) {
        requests++;
        largest = Math.max(
                largest, told.stream().filter(Listed.One.class::isInstance).count());
        folder().told(told, next);
        while (needsMore() && !folder().isUnknown()) {
            if (folder().isDone()) {
                position = Optional.of(Behind.folder(open.pop().name()));
            } else {
                visit(folder().take());
            }
        }
    }

    private void visit(Listed listed) {
        switch (listed) {
            case Listed.One one -> {
                found.add(one.object());
                position = Optional.of(one.behind());
            }
            case Listed.Folder folder -> open.push(new OpenFolder(folder.name(), Next.beginning()));
        }
    }

    /** However many requests it takes, a page leads further than the one before. */
    private boolean isFull() {
        return found.isFull() || requests >= MOST_REQUESTS && !position.equals(began);
    }

    ListPage page() {
        boolean ended = open.stream().allMatch(OpenFolder::isDone);
        return found.page(ended ? Optional.empty() : position.map(Behind::token));
    }
}
