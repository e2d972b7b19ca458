package io.hermes.stack.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How to start one child process.
 *
 * @param name unique in its stack; also the name of its log
 * @param command the program and its arguments
 * @param environment the whole environment of the child: nothing is inherited
 * @param log where its output is appended
 * @param guard how it is made to end with its supervisor
 * @param stopLimit how long it may take to end when asked; after that it is killed
 * @param beforeStart what must hold at every start, also after a crash
 */
public record Program(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path log,
        Guard guard,
        Duration stopLimit,
        Preparation beforeStart) {

    /** Who ends the child when the supervisor is gone. */
    public enum Guard {
        /** The child is a JVM that runs {@link io.hermes.stack.guard.Guarded}. Asked to end by SIGTERM. */
        OWN,
        /** The child knows nothing of us: a tiny shell waits beside it. Asked to end by SIGINT, a fast shutdown for PostgreSQL. */
        SHELL
    }

    /** Work to do before a start; a failure counts as a failed start. */
    @FunctionalInterface
    public interface Preparation {
        /** Does the work. */
        void run() throws Exception;
    }

    public Program {
        Objects.requireNonNull(name, "name");
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        Objects.requireNonNull(log, "log");
        Objects.requireNonNull(guard, "guard");
        Objects.requireNonNull(stopLimit, "stopLimit");
        Objects.requireNonNull(beforeStart, "beforeStart");
    }
}
