package io.hermes.benchmark.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Where it was measured, without a name.
 *
 * @param processors that the JVM sees
 * @param processor its model
 * @param memoryBytes of the machine
 * @param system kernel
 * @param java the JVM of the services
 * @param loadBefore the load average when the measurement began: above one tenth of a processor something else was running
 */
public record Machine(
        Instant measuredAt,
        int processors,
        String processor,
        long memoryBytes,
        String system,
        String java,
        double loadBefore) {

    private static final int KIB = 1 << 10;

    /** This one, now. */
    public static Machine here() throws IOException {
        return new Machine(
                Instant.now(),
                Runtime.getRuntime().availableProcessors(),
                field(Path.of("/proc/cpuinfo"), "model name"),
                Long.parseLong(field(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", "")) * KIB,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                load());
    }

    /** Processes that want to run, as a mean of the last minute. */
    public static double load() throws IOException {
        return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    }

    private static String field(Path file, String name) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("0");
    }
}
