package io.hermes.stack.layout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The right to run the stack of a folder: a lock on a file that names the holder's process id. The operating system takes the lock
 * back when the holder dies, however it dies, so a process id that was given to somebody else later cannot deceive.
 */
public final class Ownership implements AutoCloseable {

    private final FileChannel channel;

    private Ownership(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the folder; empty when another process has it. */
    public static Optional<Ownership> take(StackDirectory directory) throws IOException {
        Files.createDirectories(directory.root());
        FileChannel channel = open(directory.lock());
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return Optional.of(new Ownership(channel));
    }

    /** The process that has the folder; empty when nobody has. */
    public static Optional<ProcessHandle> holder(StackDirectory directory) throws IOException {
        if (!Files.exists(directory.lock())) {
            return Optional.empty();
        }
        try (FileChannel channel = open(directory.lock());
                FileLock lock = channel.tryLock()) {
            return lock != null ? Optional.empty() : process(Files.readString(directory.lock()));
        }
    }

    private static Optional<ProcessHandle> process(String pid) {
        return pid.isBlank() ? Optional.empty() : ProcessHandle.of(Long.parseLong(pid.trim()));
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
