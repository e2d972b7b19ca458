package io.hermes.storage.local;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.request;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.Precondition;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.ProbeReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What killed writers leave goes; what is anybody's stays. */
class LeftoversTest extends OnDisk {

    private static final String OURS = ".hermes-tmp-" + new UUID(1, 2);
    private static final Clock TOMORROW = Clock.offset(Clock.systemUTC(), Duration.ofHours(25));

    @Test
    void removesOnlyWhatIsOursAndOldAndNotInUse() throws Exception {
        // Given
        LocalParts parts = parts(Map.of());
        Leftovers leftovers = new Leftovers(parts.root(), TOMORROW);
        String inUse = leftovers.newTemporary();
        Path folder = Files.createDirectory(root.resolve("f"));
        for (String name : new String[] {
            OURS, inUse, ".hermes-tmp-1", ".hermes-released-0123", "x" + OURS, OURS + "x", "document", ".hidden"
        }) {
            Path unused = Files.writeString(folder.resolve(name), "x");
        }
        Path unusedFolder = Files.createDirectory(folder.resolve(".hermes-tmp-" + new UUID(3, 4)));
        Path unusedLink =
                Files.createSymbolicLink(folder.resolve(".hermes-tmp-" + new UUID(5, 6)), folder.resolve("document"));

        // When
        leftovers.sweep("f");

        // Then
        assertThat(namesIn(folder))
                .doesNotContain(OURS)
                .contains(
                        inUse, ".hermes-tmp-1", ".hermes-released-0123", "x" + OURS, OURS + "x", "document", ".hidden")
                .hasSize(9);
    }

    @Test
    void leavesWhatIsYoung() throws IOException {
        // Given a file whose modification time somebody set far back
        Path young = Files.writeString(root.resolve(OURS), "x");
        Files.setLastModifiedTime(young, FileTime.fromMillis(0));

        // When
        parts(Map.of()).leftovers().sweep("");

        // Then
        assertThat(young).exists();
    }

    @Test
    void theFirstWriteIntoAFolderSweepsIt() throws IOException {
        // Given a store for which a leftover is old at once
        LocalParts parts = parts(Map.of());
        Leftovers leftovers = new Leftovers(parts.root(), TOMORROW);
        Path left = Files.writeString(Files.createDirectory(root.resolve("f")).resolve(OURS), "x");
        LocalWriter writer =
                new LocalWriter(new LocalParts(parts.root(), parts.metadata(), parts.archive(), leftovers));

        // When
        await(writer.write(request("f/a", whole(bytes(1)), Precondition.none())));

        // Then
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(left).doesNotExist());
        assertThat(root.resolve("f/a")).exists();
    }

    @Test
    void aProbeLeavesNothingAndTouchesNothing() throws IOException {
        // Given
        put(store, "a", bytes(1));
        Path young = Files.writeString(root.resolve(OURS), "x");

        // When
        ProbeReport report = await(store.probe(ProbeDepth.CAPABILITIES));

        // Then
        assertThat(report.healthy()).isTrue();
        assertThat(namesIn(root)).containsExactly(young.getFileName().toString(), "a");
    }

    @Test
    void aSidecarWhoseDocumentIsGoneIsRemoved() throws IOException {
        // Given
        LocalParts parts = parts(Map.of("metadata", "sidecar"));
        Leftovers leftovers = new Leftovers(parts.root(), TOMORROW);
        for (String name : new String[] {"gone", "there"}) {
            MetadataSidecarTest.write(parts, name, 1);
        }
        Files.delete(root.resolve("gone"));
        Path unused = Files.writeString(root.resolve(MetadataSidecar.PREFIX + "f".repeat(32)), "a user's own");

        // When
        leftovers.sweep("");

        // Then
        assertThat(namesIn(root))
                .containsExactlyInAnyOrder(
                        MetadataSidecar.nameOf("there"), MetadataSidecar.PREFIX + "f".repeat(32), "there");
    }
}
