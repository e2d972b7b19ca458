package io.hermes.storage.local;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.contentOf;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.keys;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.read;
import static io.hermes.storage.contract.Steps.request;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only ordinary files are documents, and nothing else is ever opened. */
class SpecialFilesTest extends OnDisk {

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
    void socketsAndDevicesAreReportedAndNeverOpened() throws Exception {
        // Given a device whose reading has no end
        assumeTrue(shell("mknod '" + root + "/device' c 1 5"), "making devices is not permitted here");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(root.resolve("socket")));

            // When
            ListPage page = await(store.list(ListRequest.everything()));

            // Then
            assertThat(page.entries()).isEmpty();
            assertThat(page.rejected()).extracting(ListPage.Rejected::name).containsExactly("device", "socket");
            for (String name : List.of("device", "socket")) {
                assertThat(kindOf(store.read(ReadRequest.latest(key(name), 100))))
                        .isEqualTo(ErrorKind.NOT_FOUND);
                assertThat(kindOf(store.write(request(name, whole(bytes(1)), Precondition.none()))))
                        .isEqualTo(ErrorKind.PRECONDITION_FAILED);
                await(store.delete(key(name), Precondition.none()));
            }
        }
        assertThat(namesIn(root)).containsExactly("device", "socket");
    }

    @Test
    void aPipeUnderOneOfOurNamesHoldsNobodyUp() throws Exception {
        // Given
        try (DocumentStore sidecars = LocalContract.open(root, Map.of("metadata", "sidecar"))) {
            put(sidecars, "a", bytes(1));
            assertThat(shell("mkfifo '" + root + "/" + MetadataSidecar.nameOf("a") + "'"))
                    .isTrue();

            // Then
            assertThat(await(sidecars.stat(key("a"))).size()).isEqualTo(1);
            assertThat(keys(sidecars)).containsExactly("a");
        }
    }

    @Test
    void aSparseFileIsItsZeros() throws IOException {
        // Given a gigabyte that takes no room
        long size = 1L << 30;
        try (RandomAccessFile file = new RandomAccessFile(root.resolve("sparse").toFile(), "rw")) {
            file.setLength(size);
        }

        // When
        OpenDocument document = await(store.read(ReadRequest.latest(key("sparse"), 0)));
        long read = ((DocumentContent.Streamed) document.content())
                .bytes()
                .map(ByteBuffer::remaining)
                .collect()
                .in(AtomicLong::new, AtomicLong::addAndGet)
                .await()
                .atMost(Duration.ofSeconds(60))
                .get();

        // Then
        assertThat(read).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1901-12-14T00:00:00Z", "1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z", "2262-01-01T00:00:00Z"})
    void aFileMayBeOlderThanTimeOrYetToCome(String time) throws IOException {
        // Given
        put(store, "a", bytes(3));
        Files.setLastModifiedTime(root.resolve("a"), FileTime.from(Instant.parse(time)));

        // When
        DocumentStat stat = await(store.stat(key("a")));

        // Then
        assertThat(stat.modified())
                .isEqualTo(Files.getLastModifiedTime(root.resolve("a")).toInstant());
        assertThat(await(store.list(ListRequest.everything())).entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.revision()).isEqualTo(stat.revision()));
        assertThat(contentOf(await(store.read(new ReadRequest(key("a"), Optional.of(stat.revision()), 100)))))
                .isEqualTo(bytes(3));
    }

    @Test
    void aHardLinkIsADocumentOfItsOwn() throws IOException {
        // Given one file with two names
        put(store, "a", bytes(10));
        Files.createLink(root.resolve("b"), root.resolve("a"));

        // When one of them is replaced and deleted
        put(store, "a", bytes(11));
        await(store.delete(key("a"), Precondition.none()));

        // Then
        assertThat(keys(store)).containsExactly("b");
        assertThat(read(store, "b")).isEqualTo(bytes(10));
    }

    @Test
    void aFileThatSaysItIsEmptyButIsNotFails() throws Exception {
        // Given a file like those of /proc
        Path proc = Files.createDirectory(root.resolve("proc"));
        assumeTrue(shell("mount --bind /proc/sys/kernel '" + proc + "'"), "mounting is not permitted here");
        try {
            assertThat(kindOf(store.read(ReadRequest.latest(key("proc/ostype"), 100))))
                    .isEqualTo(ErrorKind.CONTENT_TRUNCATED);
        } finally {
            store.close();
            assertThat(shell("umount '" + proc + "'")).isTrue();
        }
    }

    @Test
    void whatMayNotBeReadIsReportedAndTheOthersGoOn() throws Exception {
        // Given a process that has no privileges, since those of root ignore permissions
        List<String> unprivileged = List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all");
        assumeTrue(shell(String.join(" ", unprivileged) + " true"), "dropping privileges is not permitted here");
        put(store, "locked/a", bytes(1));
        put(store, "open", bytes(1));
        put(store, "secret", bytes(1));
        Files.setPosixFilePermissions(root.resolve("locked"), PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(root.resolve("secret"), PosixFilePermissions.fromString("---------"));

        // When
        ChildJvm.Outcome outcome = ChildJvm.run(
                unprivileged,
                List.of(),
                root.toString(),
                "",
                "list",
                "read:open",
                "read:secret",
                "read:locked/a",
                "put:locked/b");

        // Then
        Files.setPosixFilePermissions(root.resolve("locked"), PosixFilePermissions.fromString("rwx------"));
        assertThat(outcome.lines())
                .containsSequence(
                        "list 2 true [locked]",
                        "read:open 1",
                        "read:secret PERMISSION_DENIED",
                        "read:locked/a PERMISSION_DENIED",
                        "put:locked/b PERMISSION_DENIED");
    }
}
