package io.hermes.systemtests.fault.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** F26: a file system in memory that is soon full. Mounting takes root, and a container that is allowed to. */
public final class SmallDisk implements AutoCloseable {

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts one of this many MiB over this folder; empty where that is not allowed. */
    public static Optional<SmallDisk> mount(Path folder, int mebibytes) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString());
        return mounted ? Optional.of(new SmallDisk(folder)) : Optional.empty();
    }

    /** Where documents go. */
    public Path folder() {
        return folder;
    }

    /** Makes room. */
    public void grow(int mebibytes) throws IOException, InterruptedException {
        if (!run("mount", "-o", "remount,size=" + mebibytes + "m", folder.toString())) {
            throw new IOException("the disk cannot grow");
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(List.of(command)).inheritIO().start().waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    /** Takes it away with all that is on it. Workers may still have it open. */
    @Override
    public void close() throws IOException, InterruptedException {
        if (!run("umount", "-l", folder.toString())) {
            throw new IOException("still mounted: " + folder);
        }
    }
}
