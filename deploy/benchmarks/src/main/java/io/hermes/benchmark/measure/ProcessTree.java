package io.hermes.benchmark.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A process and its children as Linux counts them in {@code /proc}.
 *
 * @param root its id
 */
record ProcessTree(long root) {

    /** Linux says CPU times to user space in hundredths of a second on every machine that this runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TIME = 11;
    private static final int LAST_TIME = 14;
    private static final String PEAK = "VmHWM:";
    private static final String RESET_PEAK = "5";
    private static final int KIB = 1 << 10;

    /** CPU seconds of all that live, and of children that have ended. */
    double cpuSeconds() {
        return ids().mapToDouble(ProcessTree::cpuSecondsOf).sum();
    }

    private static double cpuSecondsOf(long id) {
        return read(id, "stat")
                .map(stat -> stat.substring(stat.lastIndexOf(')') + 2).split(" "))
                .map(fields -> LongStream.rangeClosed(USER_TIME, LAST_TIME)
                        .map(field -> Long.parseLong(fields[(int) field]))
                        .sum())
                .map(ticks -> ticks / TICKS_PER_SECOND)
                .orElse(0.0);
    }

    /** The most that one of them has held since {@link #forgetPeak}, in bytes. */
    long peakBytes() {
        return ids().map(ProcessTree::peakBytesOf).max().orElse(0);
    }

    private static long peakBytesOf(long id) {
        return read(id, "status").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(PEAK))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                .findFirst()
                .orElse(0);
    }

    /** From now on memory counts anew. */
    void forgetPeak() {
        ids().forEach(id -> {
            try {
                Files.writeString(of(id).resolve("clear_refs"), RESET_PEAK);
            } catch (IOException ended) {
                // Then it holds nothing any more.
            }
        });
    }

    private LongStream ids() {
        return ProcessHandle.of(root).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .mapToLong(ProcessHandle::pid);
    }

    private static Optional<String> read(long id, String file) {
        try {
            return Optional.of(Files.readString(of(id).resolve(file)));
        } catch (IOException ended) {
            return Optional.empty();
        }
    }

    private static Path of(long id) {
        return Path.of("/proc", Long.toString(id));
    }
}
