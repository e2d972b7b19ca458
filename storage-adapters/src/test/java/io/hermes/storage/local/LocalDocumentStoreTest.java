package io.hermes.storage.local;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.contentOf;
import static io.hermes.storage.contract.Steps.failureOf;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.keys;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.read;
import static io.hermes.storage.contract.Steps.request;
import static io.hermes.storage.contract.Steps.streamed;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.Marker;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.Revision;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.Cancellable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What only a file system can do to a store. */
@Timeout(60)
class LocalDocumentStoreTest {

    private Path home;
    private Path root;
    private DocumentStore store;

    @BeforeEach
    void openStore() throws IOException {
        home = Files.createTempDirectory(
                Files.createDirectories(Path.of("target/contract").toAbsolutePath()), "hermes-local-");
        root = Files.createDirectory(home.resolve("root"));
        store = LocalContract.open(root, Map.of());
    }

    @AfterEach
    void removeHome() throws IOException {
        store.close();
        LocalContract.removeTree(home);
    }

    @Test
    void noLinkLeadsOutOfTheRoot() throws IOException {
        // Given
        Path outside = Files.createDirectory(home.resolve("outside"));
        Path secret = Files.write(outside.resolve("secret"), bytes(10));
        Files.createSymbolicLink(root.resolve("folder"), outside);
        Files.createSymbolicLink(root.resolve("file"), secret);
        Files.createSymbolicLink(root.resolve("loop"), root);
        put(store, "a", bytes(1));

        // When
        ListPage page = await(store.list(ListRequest.everything()));

        // Then
        assertThat(page.entries()).extracting(entry -> entry.key().value()).containsExactly("a");
        assertThat(page.rejected()).extracting(ListPage.Rejected::name).containsExactly("file", "folder", "loop");
        for (String key : new String[] {"folder/secret", "file", "loop/a"}) {
            assertThat(kindOf(store.stat(key(key)))).isEqualTo(ErrorKind.KEY_INVALID);
            assertThat(kindOf(store.read(ReadRequest.latest(key(key), 100)))).isEqualTo(ErrorKind.KEY_INVALID);
        }
        assertThat(kindOf(store.write(request("folder/new", whole(bytes(2)), Precondition.none()))))
                .isEqualTo(ErrorKind.KEY_INVALID);
        assertThat(kindOf(store.write(request("file", whole(bytes(2)), Precondition.none()))))
                .isEqualTo(ErrorKind.PRECONDITION_FAILED);
        assertThat(kindOf(store.delete(key("folder/secret"), Precondition.none())))
                .isEqualTo(ErrorKind.KEY_INVALID);
        await(store.delete(key("file"), Precondition.none()));
        assertThat(secret).hasBinaryContent(bytes(10));
        assertThat(outside).isDirectoryContaining(path -> path.equals(secret));
        assertThat(root.resolve("file")).isSymbolicLink();
    }

    @Test
    void aRootThatLeadsToTheSystemIsRefused() throws IOException {
        // Given
        Files.createSymbolicLink(home.resolve("link"), Path.of("/etc"));

        // When
        DocumentStore linked = LocalContract.open(home.resolve("link"), Map.of());

        // Then
        assertThat(kindOf(linked.list(ListRequest.everything()))).isEqualTo(ErrorKind.CONFIG_INVALID);
    }

    @Test
    void aPipeIsReportedAndNeverOpened() throws Exception {
        // Given
        assertThat(new ProcessBuilder("mkfifo", root.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        put(store, "z", bytes(1));

        // When
        ListPage page = await(store.list(ListRequest.everything()));

        // Then
        assertThat(page.rejected()).extracting(ListPage.Rejected::name).containsExactly("pipe");
        assertThat(page.entries()).hasSize(1);
        assertThat(kindOf(store.read(ReadRequest.latest(key("pipe"), 100)))).isEqualTo(ErrorKind.NOT_FOUND);
        assertThat(kindOf(store.read(ReadRequest.latest(key("pipe/below"), 100))))
                .isEqualTo(ErrorKind.NOT_FOUND);
        assertThat(kindOf(store.write(request("pipe/below", whole(bytes(1)), Precondition.none()))))
                .isEqualTo(ErrorKind.PRECONDITION_FAILED);
    }

    @Test
    void aNameThatIsNoUtf8IsReported() throws Exception {
        // Given a name that Java cannot spell
        String command = "printf x > \"$0/$(printf 'caf\\351')\" && printf x > \"$0/good\"";
        assertThat(new ProcessBuilder("sh", "-c", command, root.toString())
                        .start()
                        .waitFor())
                .isZero();

        // When
        ListPage first = await(store.list(new ListRequest("", Optional.empty(), 1)));
        ListPage second = await(store.list(new ListRequest("", first.next(), 1)));

        // Then
        assertThat(first.rejected()).extracting(ListPage.Rejected::name).containsExactly("caf%E9");
        assertThat(second.entries()).extracting(entry -> entry.key().value()).containsExactly("good");
        assertThat(second.next()).isEmpty();
        assertThat(new ProcessBuilder("sh", "-c", "rm \"$0\"/caf*", root.toString())
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void whatMayNotBeReadIsReportedAndTheOthersGoOn() throws IOException {
        // root ignores permissions: this test shows nothing there, and says so by being skipped.
        assumeTrue(!"root".equals(System.getProperty("user.name")), "root may read everything");
        // Given
        put(store, "locked/a", bytes(1));
        put(store, "open", bytes(1));
        put(store, "secret", bytes(1));
        Files.setPosixFilePermissions(root.resolve("locked"), PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(root.resolve("secret"), PosixFilePermissions.fromString("---------"));

        // When
        ListPage page = await(store.list(ListRequest.everything()));

        // Then
        Files.setPosixFilePermissions(root.resolve("locked"), PosixFilePermissions.fromString("rwx------"));
        assertThat(page.rejected()).extracting(ListPage.Rejected::name).containsExactly("locked");
        assertThat(page.entries()).extracting(entry -> entry.key().value()).containsExactly("open", "secret");
        assertThat(kindOf(store.read(ReadRequest.latest(key("secret"), 10)))).isEqualTo(ErrorKind.PERMISSION_DENIED);
    }

    @Test
    void aFullDiskLeavesNothingBehind() throws Exception {
        // Given
        Path disk = Files.createDirectory(home.resolve("disk"));
        assumeTrue(shell("mount -t tmpfs -o size=1m tmpfs '" + disk + "'"), "mounting is not permitted here");
        try (DocumentStore small = LocalContract.open(disk, Map.of())) {
            put(small, "kept", bytes(1000));

            // When
            ErrorKind whole = kindOf(small.write(request("w", whole(bytes(2_000_000)), Precondition.ifAbsent())));
            ErrorKind stream = kindOf(small.write(request("s", streamed(bytes(2_000_000)), Precondition.ifAbsent())));

            // Then
            assertThat(whole).isEqualTo(ErrorKind.QUOTA_EXCEEDED);
            assertThat(stream).isEqualTo(ErrorKind.QUOTA_EXCEEDED);
            assertThat(namesIn(disk)).containsExactly("kept");
            put(small, "fits", bytes(500_000));
        } finally {
            assertThat(shell("umount '" + disk + "'")).isTrue();
        }
    }

    @Test
    void aReadOnlyDiskRefusesWrites() throws Exception {
        // Given
        Path disk = Files.createDirectory(home.resolve("disk"));
        assumeTrue(shell("mount -t tmpfs -o size=1m,ro tmpfs '" + disk + "'"), "mounting is not permitted here");
        try (DocumentStore sealed = LocalContract.open(disk, Map.of())) {
            // When
            ErrorKind kind = kindOf(sealed.write(request("a/b", whole(bytes(1)), Precondition.ifAbsent())));

            // Then
            assertThat(kind).isEqualTo(ErrorKind.PERMISSION_DENIED);
        } finally {
            assertThat(shell("umount '" + disk + "'")).isTrue();
        }
    }

    @Test
    void aDocumentThatChangesWhileItIsReadFails() throws IOException {
        // Given
        byte[] large = bytes(3 * 1024 * 1024);
        interface Change {
            void to(Path path) throws IOException;
        }
        Change grows = path -> Files.write(path, bytes(1), StandardOpenOption.APPEND);
        Change shrinks = path -> Files.write(path, bytes(1), StandardOpenOption.TRUNCATE_EXISTING);
        Change rewritten = path -> {
            FileTime before = Files.getLastModifiedTime(path);
            Files.write(path, bytes(1), StandardOpenOption.WRITE);
            Files.setLastModifiedTime(path, before);
        };
        Change replaced = path -> {
            Files.write(path.resolveSibling("other"), large);
            Files.move(path.resolveSibling("other"), path, StandardCopyOption.ATOMIC_MOVE);
        };
        for (Change change : new Change[] {grows, shrinks, rewritten, replaced, Files::delete}) {
            put(store, "a", large);
            OpenDocument document = await(store.read(ReadRequest.latest(key("a"), 0)));

            // When
            change.to(root.resolve("a"));

            // Then
            Multi<ByteBuffer> stream = ((DocumentContent.Streamed) document.content()).bytes();
            assertThat(kindOf(stream.collect().asList())).isEqualTo(ErrorKind.CHANGED);
        }
    }

    @Test
    void aRevisionIsReleasedOnlyIfItIsStillThere() throws IOException {
        // Given a crash between renaming and removing
        Revision revision = put(store, "folder/a", bytes(10)).revision();
        Path released = root.resolve("folder").resolve(LocalRemoval.releasedName(key("folder/a"), revision));
        Files.move(root.resolve("folder/a"), released);

        // When
        await(store.delete(key("folder/a"), Precondition.ifMatches(revision)));

        // Then
        assertThat(namesIn(root.resolve("folder"))).isEmpty();
    }

    @Test
    void anotherDocumentUnderOurNameGetsItsNameBack() throws IOException {
        // Given a replacement in the moment before the renaming
        Revision revision = put(store, "a", bytes(10)).revision();
        Path released = root.resolve(LocalRemoval.releasedName(key("a"), revision));
        Files.delete(root.resolve("a"));
        Files.write(released, bytes(11));

        // When
        ErrorKind kind = kindOf(store.delete(key("a"), Precondition.ifMatches(revision)));

        // Then
        assertThat(kind).isEqualTo(ErrorKind.PRECONDITION_FAILED);
        assertThat(namesIn(root)).containsExactly("a");
        assertThat(read(store, "a")).isEqualTo(bytes(11));
    }

    @Test
    void aCancelledWriteRemovesItsTemporaryFile() throws Exception {
        // Given
        CountDownLatch asked = new CountDownLatch(1);
        Multi<ByteBuffer> endless = Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(ByteBuffer.wrap(bytes(100_000))),
                        Multi.createFrom().<ByteBuffer>nothing().onRequest().invoke(asked::countDown));
        Cancellable write = store.write(
                        request("a/b", new DocumentContent.Streamed(200_000, endless), Precondition.ifAbsent()))
                .subscribe()
                .with(written -> {}, failure -> {});
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(namesIn(root.resolve("a"))).hasSize(1);

        // When
        write.cancel();

        // Then
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(namesIn(root.resolve("a"))).isEmpty());
    }

    @Test
    void failedWritesLeaveNoTemporaryFile() throws IOException {
        // When
        kindOf(store.write(request("a", streamed(10, bytes(9)), Precondition.none())));
        kindOf(store.write(request("a", streamed(10, bytes(11)), Precondition.none())));

        // Then
        assertThat(namesIn(root)).isEmpty();
    }

    @Test
    void anEditInPlaceSilencesMarkerAndHashButNotTheIdentity() throws IOException {
        // Given
        Marker marker = new Marker(new UUID(1, 2), 3, Revision.of("e"));
        DocumentMetadata metadata = new DocumentMetadata.Builder()
                .uuid(new UUID(4, 5))
                .modifiedTime(Instant.parse("2020-01-02T03:04:05Z"))
                .build();
        await(store.write(new WriteRequest(
                key("a"), whole(bytes(10)), Optional.empty(), metadata, Optional.of(marker), Precondition.none())));
        assertThat(Files.getLastModifiedTime(root.resolve("a")).toInstant()).isEqualTo("2020-01-02T03:04:05Z");
        assertThat(await(store.stat(key("a"))).marker()).contains(marker);

        // When
        Files.write(root.resolve("a"), bytes(11));

        // Then
        assertThat(await(store.stat(key("a"))).marker()).isEmpty();
        assertThat(await(store.stat(key("a"))).metadata().uuid()).contains(new UUID(4, 5));
    }

    @Test
    void documentsLieOnlyWhereTheSettingsSay() throws IOException {
        // Given
        put(store, "docs/a", bytes(1));
        put(store, "drafts/deep/b", bytes(1));
        put(store, "users.json", bytes(1));
        put(store, "docs-old/c", bytes(1));

        // When
        DocumentStore scoped =
                LocalContract.open(root, Map.of("docs_path", root + "/docs", "drafts_path", root + "/drafts/deep"));

        // Then
        assertThat(keys(scoped)).containsExactly("docs/a", "drafts/deep/b");
        assertThat(failureOf(scoped.write(request("x.md", whole(bytes(1)), Precondition.none()))))
                .hasMessageContaining("path_template")
                .extracting(failure -> ((StorageException) failure).kind())
                .isEqualTo(ErrorKind.KEY_INVALID);
    }

    @Test
    void nothingBlocksTheCaller() {
        // Given
        put(store, "a", bytes(10));
        String caller = Thread.currentThread().getName();

        // When
        String thread =
                await(store.stat(key("a")).map(unused -> Thread.currentThread().getName()));

        // Then
        assertThat(thread).startsWith("hermes-local-").isNotEqualTo(caller);
    }

    @Test
    void copiesBetweenLocalStoresDoNotWaitForEachOther() {
        // Given more copies at once than there are threads
        put(store, "a", bytes(2 * 1024 * 1024));

        // When
        Multi.createFrom()
                .range(0, 200)
                .onItem()
                .transformToUni(number -> store.read(ReadRequest.latest(key("a"), 0))
                        .chain(document ->
                                store.write(request("copy/" + number, document.content(), Precondition.ifAbsent()))))
                .merge(200)
                .collect()
                .asList()
                .await()
                .atMost(Duration.ofSeconds(50));

        // Then
        assertThat(keys(store, "copy", 1000)).hasSize(200);
        assertThat(contentOf(await(store.read(ReadRequest.latest(key("copy/199"), 0)))))
                .isEqualTo(bytes(2 * 1024 * 1024));
    }

    private static boolean shell(String command) throws Exception {
        return new ProcessBuilder("sh", "-c", command)
                        .redirectErrorStream(true)
                        .start()
                        .waitFor()
                == 0;
    }

    private static List<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> names = Files.list(folder)) {
            return names.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
