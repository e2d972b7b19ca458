package io.hermes.storage.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a {@code main} of the test's class path in a JVM of its own, such as one with a small heap. The process ends with this one.
 *
 * @param options for the JVM, such as {@code -Xmx128m}
 * @param limit how long it may take
 */
public record ForkedJvm(List<String> options, Duration limit) {

    /**
     * How it ended.
     *
     * @param exitCode 0 when {@code main} returned; 3 when the heap was exhausted
     * @param output what it printed, to either stream
     */
    public record Outcome(int exitCode, String output) {

        /** What it printed behind this name on a line of its own. */
        public long number(String name) {
            return output.lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                    .findAny()
                    .orElseThrow(() -> new AssertionError("no " + name + " in: " + output));
        }
    }

    /** Runs it to its end. */
    public Outcome run(Class<?> main, List<String> arguments) {
        try {
            Path output = Files.createTempFile("forked-jvm", ".log");
            Process process = new ProcessBuilder(commandLine(main, arguments))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            String printed = Files.readString(output);
            Files.delete(output);
            if (!ended) {
                throw new AssertionError("not at its end after " + limit + ": " + printed);
            }
            return new Outcome(process.exitValue(), printed);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private List<String> commandLine(Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-cp");
        // Surefire hides the class path in the manifest of a jar.
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(ParentGuard.class.getName());
        command.add(main.getName());
        command.addAll(arguments);
        return command;
    }
}
