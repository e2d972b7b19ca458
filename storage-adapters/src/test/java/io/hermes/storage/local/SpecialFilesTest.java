package io.hermes.storage.local;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.request;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
}
