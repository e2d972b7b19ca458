package io.hermes.cli.export;

import io.hermes.cli.session.CommandFailure;
import io.hermes.cli.session.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Where it goes. What was not completed must not look as if it were. */
sealed interface Target extends AutoCloseable {

    /** Adds bytes. */
    void write(byte[] buffer, int length) throws CommandFailure;

    /** All of it has come. */
    void complete() throws CommandFailure;

    /** For people. */
    String name();

    @Override
    void close();

    /** Chooses by the name: {@code -} is standard output; a pipe or device is written to as it is, since it cannot be replaced. */
    static Target of(Path file, PrintStream out) throws CommandFailure {
        if (file.toString().equals("-")) {
            return new Straight("standard output", out);
        }
        if (Files.isDirectory(file)) {
            throw CommandFailure.usage(file + " is a folder; name a file in it.");
        }
        try {
            return Files.exists(file) && !Files.isRegularFile(file)
                    ? new Straight(
                            file.toString(),
                            new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8))
                    : Draft.of(file);
        } catch (IOException failure) {
            throw failed(file.toString(), failure);
        }
    }

    private static CommandFailure failed(String name, IOException failure) {
        return new CommandFailure(ExitCode.UNEXPECTED, "Cannot write to " + name + ": " + failure + ".");
    }

    /** Bytes are gone as soon as they are written, so whoever reads them must look at the exit code. */
    record Straight(String name, PrintStream out) implements Target {

        @Override
        public void write(byte[] buffer, int length) throws CommandFailure {
            out.write(buffer, 0, length);
            if (out.checkError()) {
                throw new CommandFailure(ExitCode.UNEXPECTED, "Nobody reads " + name + " any more.");
            }
        }

        @Override
        public void complete() {
            out.flush();
        }

        @Override
        public void close() {
            out.flush();
        }
    }

    /** A file beside the one that was asked for, which takes its place when all has come; before that an older one stays as it was. */
    final class Draft implements Target {

        private final Path file;
        private final Path draft;
        private final OutputStream out;
        private final Thread atExit;

        private Draft(Path file, Path draft, OutputStream out) {
            this.file = file;
            this.draft = draft;
            this.out = out;
            this.atExit = new Thread(this::remove, "remove-draft");
            Runtime.getRuntime().addShutdownHook(atExit);
        }

        static Draft of(Path file) throws IOException {
            Path target = Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
            Path draft = target.resolveSibling(
                    "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
            return new Draft(target, draft, Files.newOutputStream(draft));
        }

        @Override
        public String name() {
            return file.toString();
        }

        @Override
        public void write(byte[] buffer, int length) throws CommandFailure {
            try {
                out.write(buffer, 0, length);
            } catch (IOException failure) {
                throw failed(draft.toString(), failure);
            }
        }

        @Override
        public void complete() throws CommandFailure {
            try {
                out.close();
                sync();
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException failure) {
                throw failed(file.toString(), failure);
            }
        }

        private void sync() throws IOException {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }

        @Override
        public void close() {
            remove();
            try {
                boolean unused = Runtime.getRuntime().removeShutdownHook(atExit);
            } catch (IllegalStateException leaving) {
                // The JVM ends already, and the hook does the same.
                return;
            }
        }

        private void remove() {
            try {
                out.close();
                Files.deleteIfExists(draft);
            } catch (IOException stuck) {
                // It is called a part, so nobody takes it for the whole.
                return;
            }
        }
    }
}
