package io.hermes.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hermes.storage.testing.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a document of a folder weighs in memory does not depend on its size. */
class LocalMemoryTest {

    /** The heap is exhausted. */
    private static final int OUT_OF_MEMORY = 3;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory(
                Files.createDirectories(Path.of("target/contract").toAbsolutePath()), "hermes-sparse-");
    }

    @AfterEach
    void removeFolder() throws IOException {
        LocalContract.removeTree(folder);
    }

    /** The second is the control: the first would see a document that is collected. */
    @Test
    void twoHundredMebibytesPassThroughOneHundredAndTwentyEightUnlessTheyAreCollected() {
        // When
        ForkedJvm.Outcome streamed = fork(200, "streaming");
        ForkedJvm.Outcome collected = fork(200, "collecting");

        // Then
        assertThat(streamed.output()).contains("copied " + (200L << 20) + " bytes");
        assertThat(streamed.exitCode()).isZero();
        assertThat(collected.output()).contains("collecting");
        assertThat(collected.exitCode()).isEqualTo(OUT_OF_MEMORY);
    }

    @Test
    @Tag("full")
    void fiveGibibytesPassAsWell() {
        // When
        ForkedJvm.Outcome streamed = fork(5 << 10, "streaming");

        // Then
        assertThat(streamed.output()).contains("copied " + (5L << 30) + " bytes");
        assertThat(streamed.exitCode()).isZero();
    }

    /** The JDK would copy what it is given at once, and keep the room for it, once a thread. */
    @Test
    void aDocumentInOneBufferIsNotCopiedOutsideTheHeap() {
        // Given
        assumeTrue(Files.exists(WholeFile.STATUS), "the kernel does not say what a process holds");
        int size = 128 << 20;

        // When
        ForkedJvm.Outcome outcome = new ForkedJvm(
                        List.of("-Xms400m", "-Xmx400m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC"),
                        Duration.ofMinutes(3))
                .run(WholeFile.class, List.of(folder.toString(), Integer.toString(size)));

        // Then
        assertThat(outcome.number("moved")).isEqualTo(size);
        assertThat(outcome.number("grew")).isLessThan(size / 2);
    }

    private ForkedJvm.Outcome fork(int mebibytes, String how) {
        return new ForkedJvm(List.of("-Xmx128m"), Duration.ofMinutes(20))
                .run(SparseFile.class, List.of(folder.toString(), Integer.toString(mebibytes), how));
    }
}
