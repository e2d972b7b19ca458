package io.hermes.storage.local;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.failureOf;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.keys;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.request;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nothing outside the root is read, written or deleted. */
class LocalConfinementTest extends OnDisk {

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
}
