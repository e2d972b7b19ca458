package io.hermes.storage.local;

import io.hermes.storage.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the file system says about one name, from a single call that follows no link.
 *
 * <p>Inode, size, modification and change time together are the revision. The change time cannot be set by anybody, so that it also
 * tells a rewrite of the same size whose modification time was put back, and an inode that was used again. The price: a
 * {@code chmod} is a new revision. The device is left out, because a network file system has another one on every host.
 */
record FileState(Kind kind, long inode, long size, Instant modified, Instant changed) {

    private static final String ATTRIBUTES =
            "unix:ino,size,lastModifiedTime,ctime,isRegularFile,isDirectory,isSymbolicLink";

    /** What a name stands for. */
    enum Kind {
        DOCUMENT,
        FOLDER,
        LINK,
        OTHER
    }

    /** Fails if there is no such name. */
    static FileState of(Path path) throws IOException {
        Map<String, Object> found = Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        return new FileState(
                kindOf(found),
                (Long) found.get("ino"),
                (Long) found.get("size"),
                ((FileTime) found.get("lastModifiedTime")).toInstant(),
                ((FileTime) found.get("ctime")).toInstant());
    }

    private static Kind kindOf(Map<String, Object> found) {
        if (found.get("isRegularFile").equals(true)) {
            return Kind.DOCUMENT;
        }
        if (found.get("isDirectory").equals(true)) {
            return Kind.FOLDER;
        }
        return found.get("isSymbolicLink").equals(true) ? Kind.LINK : Kind.OTHER;
    }

    /** Empty if there is no such name. */
    static Optional<FileState> find(Path path) throws IOException {
        try {
            return Optional.of(of(path));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        }
    }

    boolean isDocument() {
        return kind == Kind.DOCUMENT;
    }

    Revision revision() {
        return Revision.of(withoutChange() + "-" + text(changed));
    }

    /** Whether this was that revision before its name changed, which changes the change time and nothing else. */
    boolean isRenamed(Revision revision) {
        return revision.etag().startsWith(withoutChange() + "-");
    }

    private String withoutChange() {
        return Long.toHexString(inode) + "-" + Long.toHexString(size) + "-" + text(modified);
    }

    private static String text(Instant time) {
        return Long.toHexString(time.getEpochSecond()) + "." + Integer.toHexString(time.getNano());
    }
}
