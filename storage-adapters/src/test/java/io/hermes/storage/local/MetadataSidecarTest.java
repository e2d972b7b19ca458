package io.hermes.storage.local;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.keys;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.Marker;
import io.hermes.storage.Precondition;
import io.hermes.storage.Revision;
import io.hermes.storage.WriteRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Metadata in hidden files, which must never speak of a document that they were not written for. */
class MetadataSidecarTest extends OnDisk {

    private static final Marker MARKER = new Marker(new UUID(1, 2), 3, Revision.of("e"));

    @Override
    Map<String, String> settings() {
        return Map.of("metadata", "sidecar");
    }

    @Test
    void keepsWhatNoAttributeWouldHold() {
        // Given
        DocumentMetadata metadata = new DocumentMetadata.Builder()
                .name("n".repeat(100_000))
                .extended(Map.of("k", "v".repeat(100_000)))
                .build();

        // When
        var written = await(store.write(request("a", 10, metadata)));

        // Then
        assertThat(written.metadataLoss()).isEmpty();
        assertThat(await(store.stat(key("a"))).metadata()).isEqualTo(metadata);
        assertThat(await(store.stat(key("a"))).marker()).contains(MARKER);
        assertThat(keys(store)).containsExactly("a");
    }

    @Test
    void aNameOfTwoHundredAndFiftyFiveBytesHasOneToo() throws IOException {
        String longest = "\u00e4".repeat(127) + "x";
        await(store.write(request(longest, 10, named("long"))));
        assertThat(await(store.stat(key(longest))).metadata().name()).contains("long");
        assertThat(namesIn(root)).hasSize(2);
    }

    @Test
    void replacingAndDeletingLeavesNoneBehind() throws IOException {
        await(store.write(request("a", 10, named("first"))));
        await(store.write(request("a", 11, named("second"))));
        assertThat(await(store.stat(key("a"))).metadata().name()).contains("second");
        assertThat(namesIn(root)).hasSize(2);
        put(store, "a", bytes(12));
        assertThat(await(store.stat(key("a"))).metadata()).isEqualTo(DocumentMetadata.NONE);
        assertThat(namesIn(root)).containsExactly("a");
        Revision revision = await(store.write(request("a", 13, named("third")))).revision();
        await(store.delete(key("a"), Precondition.ifMatches(revision)));
        assertThat(namesIn(root)).isEmpty();
    }

    @Test
    void aCrashBeforePublishingKeepsTheOldOnesMetadata() throws IOException {
        // Given a writer that was killed when it had described its file
        await(store.write(request("a", 10, named("old"))));
        LocalParts parts = parts(settings());
        try (Folder folder = parts.root().open()) {
            Path unused = Files.write(root.resolve(".hermes-tmp-x"), bytes(11));
            describeAsNew(parts, folder);
        }

        // Then
        assertThat(await(store.stat(key("a"))).metadata().name()).contains("old");
        assertThat(await(store.stat(key("a"))).marker()).contains(MARKER);
    }

    private static void describeAsNew(LocalParts parts, Folder folder) throws IOException {
        parts.metadata()
                .describe(
                        folder,
                        ".hermes-tmp-x",
                        folder.state(".hermes-tmp-x"),
                        "a",
                        new KeptMetadata(named("new"), Optional.empty()));
    }

    @Test
    void aCrashAfterPublishingHasTheNewOnesMetadata() throws IOException {
        // Given a writer that was killed when it had published its file
        await(store.write(request("a", 10, named("old"))));
        LocalParts parts = parts(settings());
        try (Folder folder = parts.root().open()) {
            Path unused = Files.write(root.resolve(".hermes-tmp-x"), bytes(10));
            describeAsNew(parts, folder);
            folder.rename(".hermes-tmp-x", "a");
        }

        // Then
        assertThat(await(store.stat(key("a"))).metadata().name()).contains("new");

        // And the next write heals
        await(store.write(request("a", 11, named("newer"))));
        assertThat(await(store.stat(key("a"))).metadata().name()).contains("newer");
    }

    @Test
    void anotherFileUnderTheNameHasNoneOfIt() throws IOException {
        // Given
        await(store.write(request("a", 10, named("old"))));

        // When
        Path other = Files.write(root.resolve("other"), bytes(77));
        Files.move(other, root.resolve("a"), StandardCopyOption.REPLACE_EXISTING);

        // Then
        assertThat(await(store.stat(key("a"))).metadata()).isEqualTo(DocumentMetadata.NONE);
    }

    @Test
    void aRestoredBackupKeepsIt() throws Exception {
        // Given
        await(store.write(request("a", 10, named("old"))));

        // When
        assertThat(shell("cp -a '" + root + "' '" + home + "/copy' && rm -r '" + root + "' && mv '" + home + "/copy' '"
                        + root + "'"))
                .isTrue();

        // Then
        assertThat(await(store.stat(key("a"))).metadata().name()).contains("old");
        assertThat(await(store.stat(key("a"))).marker()).contains(MARKER);
    }

    @Test
    void anEditInPlaceSilencesTheMarkerAndKeepsTheIdentity() throws IOException {
        await(store.write(request("a", 10, named("old"))));
        Path unused = Files.write(root.resolve("a"), bytes(11));
        assertThat(await(store.stat(key("a"))).marker()).isEmpty();
        assertThat(await(store.stat(key("a"))).metadata().name()).contains("old");
    }

    @Test
    void aDamagedOneSaysNothing() throws IOException {
        await(store.write(request("a", 10, named("old"))));
        Path unused = Files.writeString(root.resolve(MetadataSidecar.nameOf("a")), "{\"uuid\":");
        assertThat(await(store.stat(key("a"))).metadata()).isEqualTo(DocumentMetadata.NONE);
    }

    private static DocumentMetadata named(String name) {
        return new DocumentMetadata.Builder().name(name).build();
    }

    private static WriteRequest request(String key, int size, DocumentMetadata metadata) {
        return new WriteRequest(
                key(key), whole(bytes(size)), Optional.empty(), metadata, Optional.of(MARKER), Precondition.none());
    }

    static void write(LocalParts parts, String key, int size) throws IOException {
        var unused = new LocalWriter(parts).writeWhole(request(key, size, named(key)), ByteBuffer.wrap(bytes(size)));
    }
}
