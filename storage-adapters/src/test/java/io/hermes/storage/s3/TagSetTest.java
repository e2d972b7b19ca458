package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentMetadata;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TagSetTest {

    private static final Optional<ContentHash> HASH = Optional.of(ContentHash.of(ByteBuffer.wrap(new byte[] {1})));
    private static final UUID DOCUMENT = UUID.fromString("0193b2a4-7c11-7def-8abc-123456789abc");

    private static final DocumentMetadata FULL = new DocumentMetadata.Builder()
            .uuid(DOCUMENT)
            .name("Gr\u00f6\u00dfe = 100 %")
            .createdTime(Instant.parse("2019-05-06T07:08:09.123456789Z"))
            .syncStatus("canonical")
            .project("apollo")
            .owner("ann@example.org")
            .extended(Map.of("CASE", "a", "case", "b", "empty", "", "sha256", "wrong"))
            .build();

    @Test
    void theTagsAreThoseOfTheSpecification() {
        assertThat(TagSet.of(FULL, HASH).tags())
                .containsOnlyKeys(
                        "hermes-uuid",
                        "hermes-name",
                        "hermes-created",
                        "hermes-hash",
                        "hermes-sync-status",
                        "hermes-project",
                        "hermes-ext-metadata")
                .containsEntry("hermes-uuid", DOCUMENT.toString())
                .containsEntry("hermes-ext-metadata", "CASE:a case:b empty: sha256:wrong");
    }

    @Test
    void whatTheTagsHoldIsNotKeptTwice() {
        assertThat(TagSet.of(FULL, HASH).rest())
                .isEqualTo(
                        new DocumentMetadata.Builder().owner("ann@example.org").build());
    }

    @Test
    void tagsAndRestTogetherAreTheWhole() {
        TagSet set = TagSet.of(FULL, HASH);
        assertThat(TagSet.read(set.tags(), set.rest()))
                .isEqualTo(FULL.toBuilder().contentHash(HASH.orElseThrow()).build());
    }

    @Test
    void aValueOf257CharactersIsLeftToTheUserMetadata() {
        // Given
        DocumentMetadata fits = FULL.toBuilder().name("n".repeat(256)).build();
        DocumentMetadata longer = FULL.toBuilder().name("n".repeat(257)).build();

        // Then
        assertThat(TagSet.of(fits, HASH).rest().name()).isEmpty();
        assertThat(TagSet.of(longer, HASH).rest().name()).isEqualTo(longer.name());
        assertThat(TagSet.of(longer, HASH).tags()).doesNotContainKey("hermes-name");
    }

    @Test
    void extendedMetadataIsInOneTagOrInNone() {
        DocumentMetadata much = FULL.toBuilder()
                .extended(Map.of("short", "x", "long", "v".repeat(250)))
                .build();
        assertThat(TagSet.of(much, HASH).rest().extended()).isEqualTo(much.extended());
        assertThat(TagSet.of(much, HASH).tags()).doesNotContainKey("hermes-ext-metadata");
    }

    @Test
    void theEleventhTagIsLeftToTheUserMetadata() {
        // Given seven of ours and four of somebody else's
        Map<String, String> extended = new TreeMap<>(FULL.extended());
        for (String name : new String[] {"a", "b", "c", "d"}) {
            extended.put("tag." + name, "value of " + name);
        }
        DocumentMetadata tagged = FULL.toBuilder().extended(extended).build();

        // When
        TagSet known = TagSet.of(tagged, HASH);
        TagSet unknown = TagSet.of(tagged, Optional.empty());

        // Then there is always room for the hash
        assertThat(known.tags()).hasSize(10).containsEntry("c", "value of c").doesNotContainKey("d");
        assertThat(unknown.tags()).hasSize(9);
        assertThat(known.rest().extended()).containsOnlyKeys("tag.d");
        assertThat(TagSet.read(known.tags(), known.rest()).extended()).isEqualTo(extended);
        assertThat(TagSet.read(unknown.tags(), unknown.rest()).extended()).isEqualTo(extended);
    }

    @Test
    void aTagThatSomebodyDamagedSaysNothing() {
        Map<String, String> damaged = Map.of("hermes-uuid", "x", "hermes-created", "yesterday", "hermes-hash", "ff");
        assertThat(TagSet.read(damaged, DocumentMetadata.NONE)).isEqualTo(DocumentMetadata.NONE);
    }

    @Test
    void whatCameWithTheBytesOutweighsATag() {
        // Given
        DocumentMetadata own =
                new DocumentMetadata.Builder().contentHash(HASH.orElseThrow()).build();

        // Then
        assertThat(TagSet.read(Map.of("hermes-hash", "0".repeat(64)), own).contentHash())
                .isEqualTo(HASH);
    }
}
