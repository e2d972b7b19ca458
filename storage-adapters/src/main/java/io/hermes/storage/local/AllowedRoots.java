package io.hermes.storage.local;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the operator allows local stores to be. Whoever may register a provider names a folder; this says which folders of the host are
 * theirs to name. A folder is allowed if it is one of these or lies below one, by its name and also after all links were followed.
 * The operating system's own folders are never allowed.
 *
 * @param roots absolute paths; empty: every folder but the operating system's
 */
public record AllowedRoots(List<Path> roots) {

    private static final List<Path> SYSTEM =
            Stream.of("/proc", "/sys", "/dev", "/etc").map(Path::of).toList();
    /** Below {@code /dev}, yet an ordinary file system. */
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    /** @throws IllegalArgumentException for a root that is not absolute, holds {@code .} or {@code ..}, or is the system's */
    public AllowedRoots {
        roots = List.copyOf(roots);
        for (Path root : roots) {
            if (!isPlain(root) || isSystem(root)) {
                throw new IllegalArgumentException("'" + root
                        + "' cannot be allowed: name an absolute path without '.' and '..' that is not the system's");
            }
        }
    }

    /** Every folder but the operating system's. */
    public static AllowedRoots everywhere() {
        return new AllowedRoots(List.of());
    }

    static boolean isPlain(Path path) {
        return path.isAbsolute() && path.equals(path.normalize());
    }

    static boolean isSystem(Path path) {
        return path.getNameCount() == 0
                || (!path.startsWith(SHARED_MEMORY) && SYSTEM.stream().anyMatch(path::startsWith));
    }

    /** Whether this name may be a store's root. No I/O. */
    boolean allow(Path path) {
        return !isSystem(path) && (roots.isEmpty() || roots.stream().anyMatch(path::startsWith));
    }

    /** Whether a folder may be a store's root, once all links were followed; a root may itself be reached through links. */
    boolean allowReal(Path real) throws IOException {
        if (isSystem(real)) {
            return false;
        }
        for (Path root : roots) {
            if (real.startsWith(realOf(root))) {
                return true;
            }
        }
        return roots.isEmpty();
    }

    private static Path realOf(Path root) throws IOException {
        try {
            return root.toRealPath();
        } catch (NoSuchFileException missing) {
            return root;
        }
    }
}
