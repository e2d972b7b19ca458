package io.hermes.storage.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentMetadata;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MetadataJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everythingComesBack() throws JsonProcessingException {
        // Given
        DocumentMetadata all = new DocumentMetadata.Builder()
                .uuid(UUID.fromString("0193b2a4-7c11-7def-8abc-123456789abc"))
                .name("Gr\u00f6\u00dfe \ud83d\ude80 \"quoted\"\n")
                .contentType("text/markdown; charset=utf-8")
                .createdTime(Instant.parse("2019-05-06T07:08:09.123456789Z"))
                .modifiedTime(Instant.parse("1969-12-31T23:59:59Z"))
                .owner("ann@example.org")
                .owningTeam("team")
                .contributors(List.of("bob@example.org", ""))
                .parents(List.of("folder, with comma"))
                .project("apollo")
                .type("RFC")
                .tags(List.of("a", "b"))
                .syncStatus("canonical")
                .workflowStatus("In Review")
                .contentHash(ContentHash.of(ByteBuffer.wrap(new byte[] {1})))
                .extended(Map.of("empty", "", "CASE", "a", "case", "b"))
                .build();
        ObjectNode json = JSON.createObjectNode();

        // When
        MetadataJson.write(all, json);

        // Then
        assertThat(MetadataJson.read(JSON.readTree(json.toString()))).isEqualTo(all);
    }

    @Test
    void nothingIsAnEmptyObject() {
        ObjectNode json = JSON.createObjectNode();
        MetadataJson.write(DocumentMetadata.NONE, json);
        assertThat(json.isEmpty()).isTrue();
        assertThat(MetadataJson.read(json)).isEqualTo(DocumentMetadata.NONE);
    }

    @Test
    void whatMakesNoSenseCountsAsAbsent() throws JsonProcessingException {
        // Given
        String damaged =
                "{\"uuid\":\"none\",\"createdTime\":12,\"contentHash\":\"ff\",\"tags\":\"x\",\"name\":\"kept\"}";

        // Then
        assertThat(MetadataJson.read(JSON.readTree(damaged)))
                .isEqualTo(new DocumentMetadata.Builder().name("kept").build());
    }
}
