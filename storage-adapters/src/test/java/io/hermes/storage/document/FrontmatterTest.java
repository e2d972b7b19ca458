package io.hermes.storage.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentMetadata;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontmatterTest {

    private static final UUID ID = UUID.fromString("0193b2a4-7c11-7def-8abc-123456789abc");

    @Test
    void readsEveryFieldOfTheDocumentModel() {
        // Given
        String document = """
                ---
                hermes-uuid: 0193b2a4-7c11-7def-8abc-123456789abc
                title: "Größe: 100 %"
                created: 2024-01-31
                updated: 2024-02-01 10:30:00+02:00
                author: ann@example.org
                owning_team: Platform
                contributors: [bob@example.org, eve@example.org]
                project: 007
                type: RFC
                tags: storage, s3
                status: In Review
                sync_status: canonical
                content_hash: sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
                reviewed: no
                links: {see: [a, b]}
                ---
                # Body
                """;

        // When
        DocumentMetadata metadata = read(document);

        // Then
        assertThat(metadata.uuid()).contains(ID);
        assertThat(metadata.name()).contains("Größe: 100 %");
        assertThat(metadata.createdTime()).contains(Instant.parse("2024-01-31T00:00:00Z"));
        assertThat(metadata.modifiedTime()).contains(Instant.parse("2024-02-01T08:30:00Z"));
        assertThat(metadata.owner()).contains("ann@example.org");
        assertThat(metadata.owningTeam()).contains("Platform");
        assertThat(metadata.contributors()).containsExactly("bob@example.org", "eve@example.org");
        assertThat(metadata.project()).contains("007");
        assertThat(metadata.type()).contains("RFC");
        assertThat(metadata.tags()).containsExactly("storage", "s3");
        assertThat(metadata.workflowStatus()).contains("In Review");
        assertThat(metadata.syncStatus()).contains("canonical");
        assertThat(metadata.contentHash()).isPresent();
        assertThat(metadata.extended())
                .containsOnly(Map.entry("reviewed", "no"), Map.entry("links", "{\"see\":[\"a\",\"b\"]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "---\r\nuuid: %s\r\n---\r\nbody",
                "\uFEFF---\nuuid: %s\n---\n",
                "--- \nuuid: %s\n...",
                "---\nuuid: %s\n---"
            })
    void takesWindowsLinesAByteOrderMarkAndEitherEnd(String form) {
        assertThat(read(form.formatted(ID)).uuid()).contains(ID);
    }

    @Test
    void readsAUuidWithoutHyphens() {
        assertThat(read("---\nuuid: " + ID.toString().replace("-", "") + "\n---\n")
                        .uuid())
                .contains(ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "---",
                "---\nuuid: 0193b2a4-7c11-7def-8abc-123456789abc\n",
                "text\n---\nuuid: 0193b2a4-7c11-7def-8abc-123456789abc\n---\n",
                "----\nuuid: 0193b2a4-7c11-7def-8abc-123456789abc\n---\n",
                "---\n- a list\n---\n",
                "---\njust text\n---\n",
                "---\n---\n",
                "---\nuuid: [unclosed\n---\n",
                "---\nx: !!javax.script.ScriptEngineManager []\nuuid: 0193b2a4-7c11-7def-8abc-123456789abc\n---\n",
                "---\nx: !!int notanumber\n---\n",
                "---\nuuid: 0193b2a4-7c11-7def-8abc-123456789abc\nuuid: 1193b2a4-7c11-7def-8abc-123456789abc\n---\n",
                "---\na: &a [*a]\n---\n",
                "---\n? &a {*a : b}\n: c\n---\n",
                "---\na: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n---\n",
                "---\nuuid: \u0001\n---\n",
            })
    void whatIsNoFrontmatterSaysNothing(String document) {
        assertThat(read(document)).isEqualTo(DocumentMetadata.NONE);
    }

    @Test
    void deepNestingSaysNothing() {
        assertThat(read("---\nx: " + "[".repeat(10_000) + "]".repeat(10_000) + "\n---\n"))
                .isEqualTo(DocumentMetadata.NONE);
    }

    @Test
    void endsWithinItsBound() {
        // Given
        String filler = "#".repeat(Frontmatter.MAX_BYTES);

        // When
        DocumentMetadata metadata = read("---\nuuid: " + ID + "\n" + filler + "\n---\n");

        // Then
        assertThat(metadata).isEqualTo(DocumentMetadata.NONE);
    }

    @Test
    void keepsWhatItDoesNotUnderstand() {
        // When
        DocumentMetadata metadata = read("---\nuuid: 1-1-1-1-1\ncreated: yesterday\nname: n\ntitle: t\n---\n");

        // Then
        assertThat(metadata.uuid()).isEmpty();
        assertThat(metadata.createdTime()).isEmpty();
        assertThat(metadata.name()).contains("t");
        assertThat(metadata.extended()).containsOnlyKeys("uuid", "created", "name");
    }

    @Test
    void bytesThatAreNoUtf8SpoilOnlyTheirOwnField() {
        // Given
        byte[] latin1 = ("---\nuuid: " + ID + "\ntitle: Größe\n---\n").getBytes(StandardCharsets.ISO_8859_1);

        // When
        DocumentMetadata metadata = Frontmatter.read(ByteBuffer.wrap(latin1));

        // Then
        assertThat(metadata.uuid()).contains(ID);
        assertThat(metadata.name()).isEmpty();
    }

    @Test
    void binaryBehindTheFrontmatterIsNotLookedAt() {
        // Given
        byte[] head = ("---\nuuid: " + ID + "\n---\n").getBytes(StandardCharsets.UTF_8);
        ByteBuffer document =
                ByteBuffer.allocate(head.length + 3).put(head).put(new byte[] {(byte) 0xFF, 0, (byte) 0xC0});

        // When
        DocumentMetadata metadata = Frontmatter.read(document.flip().asReadOnlyBuffer());

        // Then
        assertThat(metadata.uuid()).contains(ID);
        assertThat(document.position()).isZero();
    }

    @Test
    void escapesThatNoDatabaseCanHoldAreDropped() {
        assertThat(read("---\ntitle: \"a\\0b\"\nowner: \"\\uD800\"\n---\n")).isEqualTo(DocumentMetadata.NONE);
    }

    private static DocumentMetadata read(String document) {
        return Frontmatter.read(ByteBuffer.wrap(document.getBytes(StandardCharsets.UTF_8)));
    }
}
