package io.hermes.storage.local;

import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * An open folder: a handle that stays the same folder whatever happens to its name, and its path for the calls that know no handle (see
 * the package comment). What such a call did or saw is compared with what the handle shows.
 */
final class Folder implements AutoCloseable {

    private static final Path ITSELF = Path.of(".");
    /** A name may be replaced between the look by path and the look by handle, but hardly this often in a row. */
    private static final int LOOKS = 5;

    private final Path path;
    private final SecureDirectoryStream<Path> handle;
    /** The folders on the way from the root to this one, the root first. */
    private final List<Step> way;
    /** Those who hold the handle. */
    private final AtomicInteger holders;

    private final AtomicBoolean closed = new AtomicBoolean();

    private Folder(Path path, SecureDirectoryStream<Path> handle, List<Step> way, AtomicInteger holders) {
        this.path = path;
        this.handle = handle;
        this.way = way;
        this.holders = holders;
    }

    /** What a path led to. */
    private record Step(Path path, Object identity) {

        /** @param options whether a link is followed, as those on the way to the root are */
        boolean isSame(LinkOption... options) {
            try {
                return identity.equals(Files.readAttributes(path, BasicFileAttributes.class, options)
                        .fileKey());
            } catch (IOException notToBeSeen) {
                return false;
            }
        }
    }

    /** Opens the root. Links on the way to it are the operator's own and are followed. */
    static Folder root(Path root) throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(root);
        if (stream instanceof SecureDirectoryStream<Path> handle) {
            return opened(root, handle, List.of());
        }
        stream.close();
        throw new StorageException(
                ErrorKind.CONFIG_INVALID,
                "open",
                root.toString(),
                "only file systems of Linux and macOS are supported");
    }

    private static Folder opened(Path path, SecureDirectoryStream<Path> handle, List<Step> before) throws IOException {
        try {
            Step last = new Step(path, identity(handle, ITSELF));
            List<Step> way = Stream.concat(before.stream(), Stream.of(last)).toList();
            return new Folder(path, handle, way, new AtomicInteger(1));
        } catch (IOException | RuntimeException failure) {
            handle.close();
            throw failure;
        }
    }

    /** Opens a folder in this one. A link, a document or a device is none; it is not touched, since opening a pipe would wait. */
    Folder child(String name) throws IOException {
        FileState state = state(name);
        if (state.kind() == FileState.Kind.LINK) {
            throw new StorageException(
                    ErrorKind.KEY_INVALID, "open", at(name).toString(), "is a link; links are not followed");
        }
        if (state.kind() != FileState.Kind.FOLDER) {
            throw new NotDirectoryException(name);
        }
        return opened(at(name), open(Path.of(name)), way);
    }

    private SecureDirectoryStream<Path> open(Path name) throws IOException {
        return (SecureDirectoryStream<Path>) handle.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    }

    /** Makes a folder in this one, or finds that another writer did. What it is then, {@link #child} looks. */
    void make(String name) throws IOException {
        requireSame();
        try {
            Files.createDirectory(at(name));
        } catch (FileAlreadyExistsException another) {
            // See above.
        }
    }

    Path path() {
        return path;
    }

    Path at(String name) {
        return path.resolve(name);
    }

    /** What a name in this folder stands for. Fails if there is no such name. */
    FileState state(String name) throws IOException {
        for (int look = 0; look < LOOKS; look++) {
            FileState state = FileState.of(at(name));
            if (state.identity().equals(identity(Path.of(name)))) {
                return state;
            }
        }
        throw elsewhere(name);
    }

    Optional<FileState> find(String name) throws IOException {
        try {
            return Optional.of(state(name));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        }
    }

    FileState itself() throws IOException {
        return state(ITSELF.toString());
    }

    /** Which folder this is, on this host. */
    Object identity() {
        return way.getLast().identity();
    }

    /** Whether every step of the path from the root still leads to what was opened there. */
    boolean isWhereItWas() {
        if (!way.getFirst().isSame()) {
            return false;
        }
        for (Step step : way.subList(1, way.size())) {
            if (!step.isSame(LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
        }
        return true;
    }

    private Object identity(Path name) throws IOException {
        return identity(handle, name);
    }

    private static Object identity(SecureDirectoryStream<Path> handle, Path name) throws IOException {
        return handle.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes()
                .fileKey();
    }

    private StorageException elsewhere(String name) {
        return new StorageException(
                ErrorKind.CHANGED, "open", at(name).toString(), "a folder on the way was replaced meanwhile");
    }

    /** Fails unless the path still leads to this folder. To be asked before a call that goes by path. */
    void requireSame() throws IOException {
        FileState unused = itself();
    }

    /** The names in this folder, in no order; to be closed. */
    DirectoryStream<Path> names() throws IOException {
        return open(ITSELF);
    }

    FileChannel openDocument(String name) throws IOException {
        return channel(Path.of(name), StandardOpenOption.READ);
    }

    /** Makes a file that was not there. */
    FileChannel createDocument(String name) throws IOException {
        return channel(Path.of(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private FileChannel channel(Path name, OpenOption... options) throws IOException {
        Set<OpenOption> all = new HashSet<>(Set.of(options));
        all.add(LinkOption.NOFOLLOW_LINKS);
        return (FileChannel) handle.newByteChannel(name, all);
    }

    /** Replaces whatever has the new name, in one step. */
    void rename(String from, String to) throws IOException {
        handle.move(Path.of(from), handle, Path.of(to));
    }

    /** Gives a document a second name; fails {@link FileAlreadyExistsException} rather than replace anything. */
    void link(String existing, String name) throws IOException {
        link(existing, this, name);
    }

    /** Gives a document a second name in a folder of the same file system. */
    void link(String existing, Folder to, String name) throws IOException {
        Files.createLink(to.at(name), at(existing));
        if (!identity(Path.of(existing)).equals(to.identity(Path.of(name)))) {
            throw to.elsewhere(name);
        }
    }

    void remove(String name) throws IOException {
        handle.deleteFile(Path.of(name));
    }

    /** Whether it was there. */
    boolean removeIfThere(String name) throws IOException {
        try {
            remove(name);
            return true;
        } catch (NoSuchFileException missing) {
            return false;
        }
    }

    /** Whether it is gone: a folder that somebody still uses stays for that one to remove. */
    boolean removeFolderIfEmpty(String name) throws IOException {
        try {
            handle.deleteDirectory(Path.of(name));
            return true;
        } catch (DirectoryNotEmptyException stillUsed) {
            return false;
        } catch (NoSuchFileException gone) {
            return true;
        }
    }

    /** Makes names in this folder survive a power cut. */
    void sync() throws IOException {
        try (FileChannel folder = channel(ITSELF, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** The same folder for one more holder, who closes it too. To be asked by those who hold it. */
    Folder hold() {
        int unused = holders.incrementAndGet();
        return new Folder(path, handle, way, holders);
    }

    /** Closes the handle when the last holder has closed. */
    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true) && holders.decrementAndGet() == 0) {
            handle.close();
        }
    }
}
