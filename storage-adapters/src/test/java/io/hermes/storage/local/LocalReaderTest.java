package io.hermes.storage.local;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.ReadRequest;
import io.smallrye.mutiny.Multi;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;

/** What is read is one revision, whatever happens to the file. */
class LocalReaderTest extends OnDisk {

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
}
