package io.hermes.storage.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The locale decides which file names exist (RELIABILITY §1, fact 9); only the JVM of a process that was started in it shows that. */
class FileNamesTest {

    private static final String UNICODE = "\u00e9\u6f22\ud83d\ude00.md";

    @TempDir
    Path root;

    @Test
    void aJvmWhoseNamesAreNotUtf8IsRefusedWithTheWayOut() throws Exception {
        // When
        ChildJvm.Outcome outcome = startedIn("C");

        // Then
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(String.join("\n", outcome.lines()))
                .contains("IllegalStateException")
                .contains("LC_ALL=C.UTF-8")
                .doesNotContain("put:");
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void inUtf8EveryNameComesBack() throws Exception {
        // Given
        byte[] bytes = new byte[7];
        Path unused = Files.write(root.resolve(UNICODE), bytes);

        // When
        ChildJvm.Outcome outcome = startedIn("C.UTF-8");

        // Then
        assertThat(outcome.lines()).containsExactly("put:a true", "list 2 true []");
        assertThat(outcome.exit()).isZero();
    }

    private ChildJvm.Outcome startedIn(String locale) throws Exception {
        return ChildJvm.run(List.of("env", "LC_ALL=" + locale), List.of(), root.toString(), "", "put:a", "list");
    }
}
