package io.hermes.stack.process;

import io.hermes.stack.guard.Guarded;
import io.hermes.stack.process.Program.Guard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Tiny children, started exactly as real ones are. */
final class TestPrograms {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private TestPrograms() {}

    static Program idleJvm(String name, Path folder) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx16m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Guarded.class.getName(),
                IdleMain.class.getName());
        return program(name, folder, command, Guard.OWN);
    }

    static Program foreign(String name, Path folder, String... command) {
        return program(name, folder, List.of(command), Guard.SHELL);
    }

    private static Program program(String name, Path folder, List<String> command, Guard guard) {
        return new Program(
                name,
                command,
                Map.of("PATH", System.getenv("PATH")),
                folder.resolve(name + ".log"),
                guard,
                STOP_LIMIT,
                () -> {});
    }
}
