package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.Marker;
import io.hermes.storage.Precondition;
import io.hermes.storage.Revision;
import io.hermes.storage.WriteRequest;
import io.smallrye.mutiny.Multi;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An upload by parts is taken up again only by a write that sends exactly the same headers. */
class UploadHeadersTest {

    private static final Optional<Marker> MARKER =
            Optional.of(new Marker(UUID.fromString("0193b2a4-0000-7def-8abc-123456789abc"), 7, Revision.of("r1")));

    private final MetadataStore manifests = new ManifestMetadata("text/markdown", new Manifests(null));

    @Test
    void theSameWriteSendsTheSame() {
        assertThat(headers("a name", MARKER)).isEqualTo(headers("a name", MARKER));
    }

    @Test
    void anotherWriteNamesAnotherManifest() {
        String first = headers("a name", MARKER).get(KeptIn.HEADER);
        assertThat(first).startsWith("manifest/");
        assertThat(headers("another", MARKER).get(KeptIn.HEADER)).isNotEqualTo(first);
        assertThat(headers("a name", Optional.empty()).get(KeptIn.HEADER))
                .isNotEqualTo(headers("a name", Optional.empty()).get(KeptIn.HEADER));
    }

    private Map<String, String> headers(String name, Optional<Marker> marker) {
        return manifests
                .attachToUpload(new WriteRequest(
                        new DocumentKey("a"),
                        new DocumentContent.Streamed(7, Multi.createFrom().empty()),
                        Optional.empty(),
                        new DocumentMetadata.Builder()
                                .name(name)
                                .extended(Map.of("b", "2", "a", "1", "c", "3"))
                                .build(),
                        marker,
                        Precondition.none()))
                .headers();
    }
}
