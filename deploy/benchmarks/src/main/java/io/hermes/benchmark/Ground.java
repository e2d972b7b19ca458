package io.hermes.benchmark;

import io.hermes.stack.layout.StackDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder in which a benchmark writes. Nothing is deleted while something is measured, nor shortly before.
 *
 * <p>ext4 does not give the inode of a deleted file to a new one for up to six minutes ({@code recently_deleted} in the kernel's
 * {@code fs/ext4/ialloc.c}), and looks through all of them whenever a file is made. With 10,000 files deleted after each run, that was two
 * thirds of rclone's time from S3 to a folder and a quarter of ours.
 *
 * @param home the folder
 */
record Ground(Path home) {

    private static final Duration REST = Duration.ofMinutes(6);
    private static final List<String> KEPT = List.of("results.md", "results.json", "cleared");

    /**
     * Makes the folder empty, but for what is kept of an earlier run.
     *
     * @throws IOException if it was cleared so short a time ago that what is measured now says nothing
     */
    void prepare(boolean keepGoing) throws IOException {
        clear();
        Duration rested = Duration.between(cleared(), Instant.now());
        if (rested.compareTo(REST) < 0 && !keepGoing) {
            throw new IOException(
                    ("the files of an earlier run were deleted %d s ago, and the file system will remember them for another"
                                    + " %d s. Wait, or say -Dbenchmark.keepGoing=true")
                            .formatted(rested.toSeconds(), REST.minus(rested).toSeconds()));
        }
    }

    /** Frees the disk. The report stays. */
    void clear() throws IOException {
        Files.createDirectories(home);
        List<Path> left;
        try (Stream<Path> entries = Files.list(home)) {
            left = entries.filter(entry -> !KEPT.contains(entry.getFileName().toString()))
                    .toList();
        }
        for (Path entry : left) {
            StackDirectory.deleteTree(entry);
        }
        if (!left.isEmpty()) {
            Files.writeString(mark(), Instant.now().toString());
        }
    }

    private Instant cleared() throws IOException {
        return Files.exists(mark()) ? Files.getLastModifiedTime(mark()).toInstant() : Instant.EPOCH;
    }

    /** Its time is when something was deleted here last. */
    private Path mark() {
        return home.resolve("cleared");
    }
}
