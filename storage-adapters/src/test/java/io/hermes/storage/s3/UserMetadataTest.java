package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.Marker;
import io.hermes.storage.Revision;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UserMetadataTest {

    private static final int LIMIT = 2048;
    private static final Optional<ContentHash> HASH = Optional.of(ContentHash.of(ByteBuffer.wrap(new byte[] {1})));
    private static final Optional<Marker> MARKER = Optional.of(new Marker(
            UUID.fromString("0193b2a4-0000-7def-8abc-123456789abc"), Long.MAX_VALUE, Revision.of("r1", "v")));

    @Test
    void neverExceedsTwoKilobytesWhateverItIsGiven() {
        for (int count = 0; count < 300; count += 7) {
            // Given
            Map<String, String> extended = new TreeMap<>();
            for (int i = 0; i < count; i++) {
                extended.put((i % 2 == 0 ? "plain-" : "Packed ") + i, "\u00e4".repeat(i % 13));
            }
            DocumentMetadata metadata = new DocumentMetadata.Builder()
                    .name("n".repeat(count))
                    .extended(extended)
                    .build();

            // When
            UserMetadata user = UserMetadata.of(metadata, MARKER, HASH, "text/markdown");
            Attached attached =
                    user.attached(new KeptIn.Manifest("0123456789abcdef", 999_999_999), Map.of(), true, List.of());

            // Then
            assertThat(bytesOf(attached.headers())).isLessThanOrEqualTo(LIMIT);
            DocumentMetadata back = S3Metadata.read(attached.headers(), "text/markdown");
            assertThat(back.extended().size()
                            + user.loss().stream()
                                    .filter(name -> name.startsWith("extended"))
                                    .count())
                    .isEqualTo(extended.size());
        }
    }

    @Test
    void markerHashAndPlaceOfTheRestAreAlwaysThere() {
        // Given
        DocumentMetadata much = new DocumentMetadata.Builder()
                .owner("o".repeat(5_000))
                .name("n".repeat(1_700))
                .build();

        // When
        UserMetadata user = UserMetadata.of(much, MARKER, HASH, "text/markdown");
        Map<String, String> headers = user.attached(
                        new KeptIn.Manifest("0123456789abcdef", 1), Map.of(), true, List.of())
                .headers();

        // Then
        assertThat(user.loss()).containsExactly("owner");
        assertThat(S3Metadata.marker(headers)).isEqualTo(MARKER);
        assertThat(S3Metadata.read(headers, null).contentHash()).isEqualTo(HASH);
        assertThat(KeptIn.of(headers)).isEqualTo(new KeptIn.Manifest("0123456789abcdef", 1));
    }

    @Test
    void whatMakesNoSenseIsKeptInTheObjectItself() {
        for (String text : new String[] {"", "Tags", "manifest/", "manifest/xyz/1", "manifest/0123456789abcdef/-1"}) {
            assertThat(KeptIn.of(Map.of(KeptIn.HEADER, text))).as(text).isEqualTo(new KeptIn.Itself());
        }
        assertThat(KeptIn.of(Map.of("Hermes-Kept-In", "tags"))).isEqualTo(new KeptIn.Tags());
    }

    private static int bytesOf(Map<String, String> headers) {
        return headers.entrySet().stream()
                .mapToInt(
                        header -> header.getKey().length() + header.getValue().getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }
}
