package io.hermes.stack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void noChildOutlivesASupervisorThatWasKilled() throws IOException {
        Process supervisor = supervisor();
        try {
            Path pids = folder.resolve("pids");
            await().atMost(LIMIT).untilAsserted(() -> assertThat(pids).exists());
            List<ProcessHandle> family =
                    new ArrayList<>(supervisor.descendants().toList());
            assertThat(family)
                    .extracting(ProcessHandle::pid)
                    .containsAll(
                            Files.readAllLines(pids).stream().map(Long::valueOf).toList())
                    .as("the two children and the shell beside the foreign one")
                    .hasSize(3);

            supervisor.destroyForcibly();

            await().atMost(LIMIT).untilAsserted(() -> assertThat(family).noneMatch(OrphanTest::runs));
        } finally {
            supervisor.destroyForcibly();
        }
    }

    /** An orphan whose new parent does not collect it stays in the process table: dead all the same. */
    private static boolean runs(ProcessHandle process) {
        try {
            String status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return status.charAt(status.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException gone) {
            return process.isAlive() && !Files.isDirectory(Path.of("/proc/self"));
        }
    }

    private Process supervisor() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SupervisingMain.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("supervisor.log").toFile())
                .start();
    }
}
