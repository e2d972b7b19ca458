package io.hermes.stack.server;

import io.hermes.stack.guard.Guarded;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a child JVM, the same java that runs the supervisor. */
final class JavaCommand {

    private static final int FIRST_THAT_WARNS = 24;

    private JavaCommand() {}

    /** @param temporary where the child puts what it would leave in the machine's temporary folder */
    static List<String> guarded(
            String classPath, Path temporary, List<String> options, String mainClass, String... arguments) {
        List<String> command = new ArrayList<>(prefix(temporary));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, Guarded.class.getName(), mainClass));
        command.addAll(List.of(arguments));
        return command;
    }

    private static List<String> prefix(Path temporary) {
        List<String> prefix = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-Dio.netty.native.workdir=" + temporary,
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:ErrorFile=" + temporary.resolve("crash-%p.log")));
        if (Runtime.version().feature() >= FIRST_THAT_WARNS) {
            prefix.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        return prefix;
    }
}
