package io.hermes.storage.local;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.Marker;
import io.hermes.storage.Precondition;
import io.hermes.storage.Revision;
import io.hermes.storage.WriteRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Metadata in extended attributes. */
class MetadataAttributeTest extends OnDisk {

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
}
