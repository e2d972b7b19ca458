package io.hermes.storage.contract;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.request;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.Feature;
import io.hermes.storage.Marker;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.Revision;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is known about a document is kept with it, or named as lost. */
interface MetadataContract extends StoreUnderTest {

    UUID DOCUMENT = UUID.fromString("0193b2a4-7c11-7def-8abc-123456789abc");

    Marker MARKER = new Marker(
            UUID.fromString("0193b2a4-0000-7def-8abc-123456789abc"), 42, Revision.of("\"etag/with/slashes\"", "v#1"));

    DocumentMetadata FULL = new DocumentMetadata.Builder()
            .uuid(DOCUMENT)
            .name("Gr\u00f6\u00dfe \u65e5\u672c \ud83d\ude80 \"quoted\", 100 % + more\ttab")
            .contentType("text/markdown; charset=utf-8")
            .createdTime(Instant.parse("2019-05-06T07:08:09.123456789Z"))
            .modifiedTime(Instant.parse("2021-02-03T04:05:06.789Z"))
            .owner("ann@example.org")
            .owningTeam("Pl\u00e4tze & Wege")
            .contributors(List.of("bob@example.org", "eve@example.org"))
            .parents(List.of("folder, with comma", "second"))
            .project("apollo")
            .type("RFC")
            .tags(List.of("storage", "\u00fcber"))
            .syncStatus("canonical")
            .workflowStatus("In Review")
            .contentHash(ContentHash.of(ByteBuffer.wrap(bytes(100))))
            .extended(Map.of("Reviewed-By", "j\u00f6rg", "empty", "", "CASE", "a", "case", "b"))
            .build();

    List<String> TIMES = List.of(
            "1601-01-01T00:00:00Z",
            "1969-12-31T23:59:59.999999998Z",
            "1970-01-01T00:00:00Z",
            "2038-01-19T03:14:08Z",
            "2106-02-07T06:28:16.5Z",
            "2262-04-12T00:00:00.123456789Z",
            "9999-12-31T23:59:59.999999998Z");

    Map<String, String> ODD = Map.ofEntries(
            Map.entry("empty", ""),
            Map.entry("long", "v".repeat(257)),
            Map.entry("lines", "one\r\ntwo: three\n\nX-Injected: four"),
            Map.entry("control", "\u0001\u007f"),
            Map.entry(" padded ", " padded "),
            Map.entry("sha256", "0".repeat(64)),
            Map.entry("hermes-uuid", "00000000-0000-0000-0000-000000000000"),
            Map.entry("hermes-marker", "forged"),
            Map.entry("hermes-extended", "a=b"),
            Map.entry("na\u00efve: \u65e5\u672c", "=?UTF-8?Q?encoded?="),
            Map.entry("percent%41&amp=", "50 % & 100%41+plus"),
            Map.entry("content-length", "1"));

    @Test
    default void everythingKnownIsKeptOrNamed() {
        needs(Feature.USER_METADATA);
        needs(Feature.WRITE);
        // When
        Written written = await(store().write(withMetadata("a", FULL, Optional.of(MARKER))));

        // Then
        DocumentStat stat = await(store().stat(key("a")));
        Map<String, Object> kept = named(stat.metadata());
        named(FULL).forEach((name, value) -> {
            boolean lost =
                    written.metadataLoss().stream().anyMatch(loss -> loss.equals(name) || loss.startsWith(name + "."));
            if (!lost) {
                assertThat(kept).as(name).containsEntry(name, value);
            }
        });
        assertThat(written.metadataLoss()).doesNotContain("uuid", "name", "contentType", "marker");
        assertThat(stat.marker()).contains(MARKER);
        assertThat(await(store().read(ReadRequest.latest(key("a"), 1000))).stat())
                .isEqualTo(stat);
    }

    @Test
    default void metadataTooLargeForTheStoreIsNamed() {
        needs(Feature.USER_METADATA);
        needs(Feature.WRITE);
        // Given
        Map<String, String> much = new LinkedHashMap<>();
        for (int i = 0; i < 200; i++) {
            much.put("field-" + i, "v".repeat(500));
        }
        DocumentMetadata metadata = FULL.toBuilder().extended(much).build();

        // When
        Written written = await(store().write(withMetadata("a", metadata, Optional.of(MARKER))));

        // Then
        DocumentStat stat = await(store().stat(key("a")));
        assertThat(stat.metadata().uuid()).contains(DOCUMENT);
        assertThat(stat.marker()).contains(MARKER);
        if (!stat.metadata().extended().equals(much)) {
            assertThat(written.metadataLoss()).anyMatch(loss -> loss.startsWith("extended"));
        }
    }

    @Test
    default void nothingKnownIsNothingKept() {
        needs(Feature.WRITE);
        // When
        Written written = await(store().write(request("a", whole(bytes(1)), Precondition.none())));

        // Then
        DocumentStat stat = await(store().stat(key("a")));
        assertThat(written.metadataLoss()).isEmpty();
        assertThat(stat.metadata().uuid()).isEmpty();
        assertThat(stat.metadata().extended()).isEmpty();
        assertThat(stat.marker()).isEmpty();
    }

    @Test
    default void aNewWriteLeavesNothingOfTheOldMetadata() {
        needs(Feature.USER_METADATA);
        needs(Feature.WRITE);
        // Given
        await(store().write(withMetadata("a", FULL, Optional.of(MARKER))));

        // When
        await(store().write(withMetadata("a", DocumentMetadata.NONE, Optional.empty())));

        // Then
        DocumentStat stat = await(store().stat(key("a")));
        assertThat(stat.metadata().uuid()).isEmpty();
        assertThat(stat.metadata().name()).isEmpty();
        assertThat(stat.marker()).isEmpty();
    }

    @Test
    default void timesAreKeptToTheNanosecond() {
        needs(Feature.USER_METADATA);
        needs(Feature.WRITE);
        for (String time : TIMES) {
            // Given
            DocumentMetadata metadata = new DocumentMetadata.Builder()
                    .createdTime(Instant.parse(time))
                    .modifiedTime(Instant.parse(time).plusNanos(1))
                    .build();

            // When
            Written written = await(store().write(withMetadata("a", metadata, Optional.empty())));

            // Then
            DocumentMetadata kept = await(store().stat(key("a"))).metadata();
            assertThat(written.metadataLoss()).as(time).isEmpty();
            assertThat(kept.createdTime()).isEqualTo(metadata.createdTime());
            assertThat(kept.modifiedTime()).isEqualTo(metadata.modifiedTime());
        }
    }

    /** Names and values that headers, tags and side files have stumbled over, some of them like our own. */
    @Test
    default void oddMetadataIsKeptOrNamed() {
        needs(Feature.USER_METADATA);
        needs(Feature.WRITE);
        ODD.forEach((name, value) -> {
            // Given
            DocumentMetadata metadata =
                    FULL.toBuilder().extended(Map.of(name, value)).build();

            // When
            Written written = await(store().write(withMetadata("a", metadata, Optional.of(MARKER))));

            // Then
            DocumentStat stat = await(store().stat(key("a")));
            if (written.metadataLoss().stream().noneMatch(loss -> loss.startsWith("extended"))) {
                assertThat(stat.metadata().extended()).as(name).containsEntry(name, value);
            }
            assertThat(stat.metadata().uuid()).as(name).contains(DOCUMENT);
            assertThat(stat.marker()).as(name).contains(MARKER);
            assertThat(Steps.read(store(), "a")).as(name).isEqualTo(bytes(100));
        });
    }

    private static WriteRequest withMetadata(String key, DocumentMetadata metadata, Optional<Marker> marker) {
        return new WriteRequest(key(key), whole(bytes(100)), Optional.empty(), metadata, marker, Precondition.none());
    }

    private static Map<String, Object> named(DocumentMetadata metadata) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("uuid", metadata.uuid());
        fields.put("name", metadata.name());
        fields.put("contentType", metadata.contentType());
        fields.put("createdTime", metadata.createdTime());
        fields.put("modifiedTime", metadata.modifiedTime());
        fields.put("owner", metadata.owner());
        fields.put("owningTeam", metadata.owningTeam());
        fields.put("contributors", metadata.contributors());
        fields.put("parents", metadata.parents());
        fields.put("project", metadata.project());
        fields.put("type", metadata.type());
        fields.put("tags", metadata.tags());
        fields.put("syncStatus", metadata.syncStatus());
        fields.put("workflowStatus", metadata.workflowStatus());
        fields.put("contentHash", metadata.contentHash());
        fields.put("extended", metadata.extended());
        return fields;
    }
}
