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
 *
 * @param kind what the name stands for
 * @param identity device and inode, for comparing on this host
 * @param inode number within the file system
 * @param names how many names the file has
 * @param size in bytes
 * @param modified when the bytes changed, or what somebody set
 * @param changed when anything changed
 */
record FileState(Kind kind, Object identity, long inode, int names, long size, Instant modified, Instant changed) {

    private static final String ATTRIBUTES =
            "unix:fileKey,ino,nlink,size,lastModifiedTime,ctime,isRegularFile,isDirectory,isSymbolicLink";

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
                found.get("fileKey"),
                (Long) found.get("ino"),
                (Integer) found.get("nlink"),
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

    /** What a revision's ETag is. */
    String etag() {
        return withoutChange() + "-" + text(changed);
    }

    /** Whether this is that revision. */
    boolean isAt(Revision revision) {
        return revision.etag().equals(etag());
    }

    /** Whether this was that revision before a name was given or taken, which changes the change time and nothing else. */
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
