package io.hermes.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that were deleted a moment ago are not measured, and a report outlives its documents. */
class GroundTest {

    @TempDir
    private Path parent;

    @Test
    void aFolderThatIsNotThereIsReady() {
        Path home = parent.resolve("home");
        assertThatCode(() -> new Ground(home).prepare(false)).doesNotThrowAnyException();
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void whatAStoppedRunLeftIsDeletedAndWaitedFor() throws IOException {
        // Given
        Ground ground = leftBehind();

        // Then
        assertThatThrownBy(() -> ground.prepare(false)).hasMessageContaining("Wait");
        assertThat(parent.resolve("places")).doesNotExist();
        assertThatThrownBy(() -> ground.prepare(false))
                .as("the next one is as late")
                .hasMessageContaining("Wait");
        assertThatCode(() -> ground.prepare(true)).doesNotThrowAnyException();
    }

    @Test
    void theReportStaysAndIsNotWaitedForLongAfter() throws IOException {
        // Given
        Ground ground = leftBehind();
        ground.clear();
        Files.setLastModifiedTime(
                parent.resolve("cleared"), FileTime.from(Instant.now().minus(Duration.ofMinutes(7))));

        // Then
        assertThatCode(() -> ground.prepare(false)).doesNotThrowAnyException();
        assertThat(parent.resolve("results.md")).hasContent("told");
    }

    private Ground leftBehind() throws IOException {
        Files.writeString(
                Files.createDirectories(parent.resolve("places/place-0001")).resolve("document"), "moved");
        Files.writeString(parent.resolve("results.md"), "told");
        return new Ground(parent);
    }
}
