package io.hermes.storage.local;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.ErrorKind;
import io.hermes.storage.Precondition;
import io.hermes.storage.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Deleting a particular revision. */
class LocalRemovalTest extends OnDisk {

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
}
