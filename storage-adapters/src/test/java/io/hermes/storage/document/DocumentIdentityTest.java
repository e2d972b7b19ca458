package io.hermes.storage.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentIdentityTest {

    private static final UUID PROVIDER = UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");
    private static final UUID KEPT = UUID.fromString("0193b2a4-7c11-7def-8abc-000000000001");
    private static final UUID WRITTEN = UUID.fromString("0193b2a4-7c11-7def-8abc-000000000002");
    private static final UUID NAMED = UUID.fromString("0193b2a4-7c11-7def-8abc-000000000003");
    private static final DocumentKey KEY = new DocumentKey("docs/" + NAMED + ".md");

    @Test
    void theNearestStatementWins() {
        assertThat(DocumentIdentity.of(PROVIDER, KEY, with(KEPT), with(WRITTEN)))
                .isEqualTo(KEPT);
        assertThat(DocumentIdentity.of(PROVIDER, KEY, DocumentMetadata.NONE, with(WRITTEN)))
                .isEqualTo(WRITTEN);
        assertThat(DocumentIdentity.of(PROVIDER, KEY, DocumentMetadata.NONE, DocumentMetadata.NONE))
                .isEqualTo(NAMED);
    }

    @Test
    void derivesWhatOtherImplementationsDerive() {
        // Given the URL name space and a value computed by another implementation (Python's uuid.uuid5)
        DocumentKey key = new DocumentKey("notes/über.md");

        // When
        UUID derived = DocumentIdentity.of(PROVIDER, key, DocumentMetadata.NONE, DocumentMetadata.NONE);

        // Then
        assertThat(derived).isEqualTo(UUID.fromString("02765f2b-f6cc-58ba-be6f-e8bd821cc797"));
        assertThat(derived.version()).isEqualTo(5);
        assertThat(derived.variant()).isEqualTo(2);
    }

    @Test
    void anotherProviderOrKeyIsAnotherDocument() {
        assertThat(DocumentIdentity.derived(PROVIDER, KEY))
                .isNotEqualTo(DocumentIdentity.derived(KEPT, KEY))
                .isNotEqualTo(DocumentIdentity.derived(PROVIDER, new DocumentKey("docs/other.md")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000-0000-0000-0000-000000000000.md",
                "0193b2a47c117def8abc000000000003.md",
                "draft-0193b2a4-7c11-7def-8abc-000000000003.md",
                "0193b2a4-7c11-7def-8abc-000000000003/readme.md",
                "1-1-1-1-1.md",
            })
    void aNameThatOnlyResemblesAUuidIsNone(String key) {
        assertThat(DocumentIdentity.inName(new DocumentKey(key))).isEmpty();
    }

    private static DocumentMetadata with(UUID uuid) {
        return new DocumentMetadata.Builder().uuid(uuid).build();
    }
}
