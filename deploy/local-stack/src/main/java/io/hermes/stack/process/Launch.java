package io.hermes.stack.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One life of a child: its process, and the guard beside it when it has one. */
record Launch(Process process, Optional<Process> guard, Instant since) {

    /** Waits for the end of its input, that is of its supervisor, then interrupts the process it stands beside. */
    private static final String GUARD = "while read -r line; do :; done; kill -INT \"$1\"";

    private static final Path SETSID = Path.of("/usr/bin/setsid");

    static Launch of(Program program) throws Exception {
        program.beforeStart().run();
        ChildLog.rotate(program.log());
        Process process = start(program);
        try {
            Optional<Process> guard = switch (program.guard()) {
                case OWN -> Optional.empty();
                case SHELL -> Optional.of(guard(process));
            };
            return new Launch(process, guard, Instant.now());
        } catch (IOException failure) {
            process.destroyForcibly();
            throw failure;
        }
    }

    private static Process start(Program program) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(ownSession(program.command()));
        builder.environment().clear();
        builder.environment().putAll(program.environment());
        builder.directory(program.log().getParent().toFile());
        return builder.redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(program.log().toFile()))
                .start();
    }

    private static Process guard(Process process) throws IOException {
        List<String> command = List.of("/bin/sh", "-c", GUARD, "guard", Long.toString(process.pid()));
        return new ProcessBuilder(ownSession(command))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
    }

    /** Away from our terminal: Ctrl-C is for the supervisor, which ends its children in order. The process id stays the child's. */
    private static List<String> ownSession(List<String> command) {
        if (!Files.isExecutable(SETSID)) {
            return command;
        }
        List<String> detached = new ArrayList<>(List.of(SETSID.toString()));
        detached.addAll(command);
        return detached;
    }

    /**
     * The guard goes first and by force, or it would signal a process id that may by now be somebody else's. It is gone when this
     * returns.
     */
    void dismissGuard() {
        guard.ifPresent(beside -> beside.destroyForcibly().onExit().join());
    }

    /** Asks the process to end, in the way its program understands. */
    void askToEnd(Program.Guard kind) throws IOException {
        switch (kind) {
            case OWN -> process.destroy();
            case SHELL -> interrupt();
        }
    }

    /** By a shell, because {@code kill} is a program of its own only where procps is installed. It has ended when this returns. */
    private void interrupt() throws IOException {
        List<String> command = List.of("/bin/sh", "-c", "kill -INT \"$1\"", "interrupt", Long.toString(process.pid()));
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start()
                .onExit()
                .join();
    }
}
