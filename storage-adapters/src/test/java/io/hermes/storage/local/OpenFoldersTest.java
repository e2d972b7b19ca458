package io.hermes.storage.local;

import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.read;
import static io.hermes.storage.contract.Steps.request;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A folder that is kept open is used for its own path only, and not for long. */
class OpenFoldersTest extends OnDisk {

    private static final Path HANDLES = Path.of("/proc/self/fd");

    @Test
    void aFolderThatWasMovedOutAndLinkedBackIsNotWrittenTo() throws IOException {
        // Given a folder that is open, and still the same one by its whole path
        put(store, "a/b/c", bytes(1));
        Path outside = Files.move(root.resolve("a"), home.resolve("outside"));
        Files.createSymbolicLink(root.resolve("a"), outside);

        // When
        ErrorKind written = kindOf(store.write(request("a/b/d", whole(bytes(2)), Precondition.ifAbsent())));
        ErrorKind read = kindOf(store.read(ReadRequest.latest(key("a/b/c"), 100)));

        // Then
        assertThat(List.of(written, read)).containsOnly(ErrorKind.KEY_INVALID);
        assertThat(namesIn(outside.resolve("b"))).containsExactly("c");
    }

    @Test
    void theRootOfOneStoreMayLeadOverALinkThatIsNoneForAnother() throws IOException {
        // Given a link below the root, which another store has for its own root
        Path outside = Files.createDirectory(home.resolve("outside"));
        Path link = Files.createSymbolicLink(root.resolve("link"), outside);
        try (DocumentStore linked = LocalContract.open(link, Map.of())) {
            put(linked, "a/b", bytes(1));

            // When
            ErrorKind written = kindOf(store.write(request("link/a/c", whole(bytes(2)), Precondition.ifAbsent())));

            // Then
            assertThat(written).isEqualTo(ErrorKind.KEY_INVALID);
            assertThat(namesIn(outside.resolve("a"))).containsExactly("b");
        }
    }

    @Test
    void aFolderThatWasReplacedIsGoneToAnew() throws IOException {
        // Given
        put(store, "a/b/c", bytes(1));
        Files.move(root.resolve("a/b"), root.resolve("a/old"));
        Files.createDirectory(root.resolve("a/b"));

        // When
        put(store, "a/b/c", bytes(2));

        // Then
        assertThat(root.resolve("a/b/c")).hasBinaryContent(bytes(2));
        assertThat(root.resolve("a/old/c")).hasBinaryContent(bytes(1));
    }

    @Test
    void aFolderThatWasRemovedIsMadeAnew() throws IOException {
        // Given
        put(store, "a/b/c", bytes(1));
        LocalContract.removeTree(root.resolve("a"));
        assertThat(kindOf(store.read(ReadRequest.latest(key("a/b/c"), 100)))).isEqualTo(ErrorKind.NOT_FOUND);

        // When
        put(store, "a/b/c", bytes(2));

        // Then
        assertThat(read(store, "a/b/c")).isEqualTo(bytes(2));
    }

    @Test
    void theWayToAFolderIsGoneOnceForItsNeighbours() throws IOException {
        // Given
        OpenFolders folders = new OpenFolders(unused -> {});
        AtomicInteger walks = new AtomicInteger();

        // When
        for (int document = 0; document < 3; document++) {
            folders.get(new OpenFolders.Place(root, ""), () -> {
                        int unused = walks.incrementAndGet();
                        return Folder.root(root);
                    })
                    .close();
        }
        folders.release(root);

        // Then
        assertThat(walks).hasValue(1);
        assertThat(handles()).isZero();
    }

    @Test
    void fewFoldersAreOpenAtOnce() throws IOException {
        assumeTrue(Files.isDirectory(HANDLES), "handles can be counted on Linux only");

        // When
        for (int folder = 0; folder < 200; folder++) {
            put(store, folder + "/a", bytes(1));
            put(store, folder + "/b", bytes(1));
        }

        // Then
        assertThat(handles()).isBetween(1L, 200L);
    }

    @Test
    void nothingStaysOpenBehindTheWork() throws IOException {
        assumeTrue(Files.isDirectory(HANDLES), "handles can be counted on Linux only");

        // Given
        put(store, "a/b", bytes(1));
        assertThat(handles()).isPositive();

        // Then
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(handles()).isZero());
    }

    @Test
    void aStoreThatIsClosedKeepsNothingOpen() throws IOException {
        assumeTrue(Files.isDirectory(HANDLES), "handles can be counted on Linux only");
        put(store, "a/b", bytes(1));

        // When
        store.close();

        // Then
        assertThat(handles()).isZero();
    }

    /** Of this process, on anything below the root. */
    private long handles() throws IOException {
        try (Stream<Path> open = Files.list(HANDLES)) {
            return open.filter(this::leadsBelowTheRoot).count();
        }
    }

    private boolean leadsBelowTheRoot(Path handle) {
        try {
            return Files.readSymbolicLink(handle).startsWith(root);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
