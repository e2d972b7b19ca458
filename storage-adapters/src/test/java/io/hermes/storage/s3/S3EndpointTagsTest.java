package io.hermes.storage.s3;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.streamed;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Feature;
import io.hermes.storage.Marker;
import io.hermes.storage.Precondition;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.ProbeReport.Measured;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.Revision;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.hermes.storage.testing.FaultProxy;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.Requests;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Tags as a real server keeps them: the one that {@code HERMES_TEST_S3_ENDPOINT} names. */
class S3EndpointTagsTest {

    private static final int LARGE = 6 << 20;
    private static final Marker MARKER =
            new Marker(UUID.fromString("0193b2a4-0000-7def-8abc-123456789abc"), 7, Revision.of("r1"));
    private static final DocumentMetadata METADATA = new DocumentMetadata.Builder()
            .uuid(UUID.fromString("0193b2a4-7c11-7def-8abc-123456789abc"))
            .name("Gr\u00f6\u00dfe 100 %")
            .createdTime(Instant.parse("2019-05-06T07:08:09.123Z"))
            .owner("ann@example.org")
            .project("apollo")
            .build();

    private static String bucket;
    private static S3Endpoint endpoint;
    private static S3StoreFactory factory;
    private static S3AsyncClient bystander;
    private static Measured measured;

    @BeforeAll
    static void start() {
        S3Endpoint found = S3Endpoint.named(System.getenv())
                .orElseGet(() -> abort("HERMES_TEST_S3_ENDPOINT names no S3 server to keep tags on"));
        bucket = "hermes-test-" + UUID.randomUUID();
        found.createBucket(bucket);
        endpoint = found;
        bystander = found.client();
        factory = new S3StoreFactory();
        try (DocumentStore store = factory.open(found.settings(bucket).build())) {
            measured = await(store.probe(ProbeDepth.CAPABILITIES)).measured();
        }
        assumeTrue(measured.saw(Feature.TAGS), "the server keeps no tags");
    }

    @AfterAll
    static void stop() {
        if (endpoint != null) {
            factory.close();
            bystander.close();
            endpoint.removeBucket(bucket);
        }
    }

    /** Tags that followed the document would be lost here, or their loss would fail the write. */
    @Test
    void aCrashBehindTheDocumentFindsItsTagsOnIt() {
        try (FaultProxy proxy = FaultProxy.before(endpoint.url());
                DocumentStore store = open(proxy.endpoint(), "s3-tags")) {
            // Given
            proxy.on(Requests.of("PUT").query("tagging"), Faults.dropRequest()).orNever();

            // When
            Written written = await(store.write(write("whole", whole(bytes(100)))));

            // Then
            assertThat(written.requests()).isEqualTo(1);
            assertThat(proxy.count(Requests.of("PUT"))).isEqualTo(1);
        }
        assertThat(tags("whole"))
                .containsEntry("hermes-uuid", METADATA.uuid().orElseThrow().toString())
                .containsEntry("hermes-name", "Gr=C3=B6=C3=9Fe 100 =25")
                .containsEntry("hermes-created", "2019-05-06T07:08:09.123Z")
                .containsEntry("hermes-project", "apollo")
                .containsEntry(
                        "hermes-hash",
                        ContentHash.of(ByteBuffer.wrap(bytes(100))).hex());
    }

    @Test
    void tagsOfOthersTravelAndBecomeTagsAgain() {
        // Given
        bystander
                .putObject(
                        put -> put.bucket(bucket).key("theirs").tagging("cost-center=A%2012&team=%C3%A4"),
                        AsyncRequestBody.fromString("x"))
                .join();
        try (DocumentStore store = open(endpoint.url(), "s3-tags")) {
            // When
            DocumentStat theirs =
                    await(store.read(ReadRequest.latest(key("theirs"), 100))).stat();
            await(store.write(new WriteRequest(
                    key("copy"),
                    whole(bytes(1)),
                    Optional.empty(),
                    theirs.metadata(),
                    Optional.empty(),
                    Precondition.none())));

            // Then
            assertThat(theirs.metadata().extended()).isEqualTo(Map.of("tag.cost-center", "A 12", "tag.team", "\u00e4"));
            assertThat(tags("copy")).containsEntry("cost-center", "A 12").doesNotContainKey("team");
            assertThat(await(store.stat(key("copy"))).metadata().extended())
                    .isEqualTo(theirs.metadata().extended());
        }
    }

    @Test
    void theHashOfALargeDocumentFollowsAsATag() {
        for (String way : new String[] {"user-metadata", "s3-tags", "manifest"}) {
            try (DocumentStore store = open(endpoint.url(), way)) {
                // When
                Written written = await(store.write(write("large-" + way, streamed(bytes(LARGE)))));

                // Then
                DocumentStat stat = await(store.stat(key("large-" + way)));
                assertThat(written.metadataLoss()).as(way).isEmpty();
                assertThat(stat.metadata().contentHash()).as(way).contains(written.hash());
                assertThat(stat.metadata().uuid()).as(way).isEqualTo(METADATA.uuid());
                assertThat(stat.metadata().name()).as(way).isEqualTo(METADATA.name());
            }
        }
    }

    @Test
    void aHashThatCouldNotFollowIsNamedAndTheNextDeliveryBringsIt() {
        // Given
        try (FaultProxy proxy = FaultProxy.before(endpoint.url());
                DocumentStore store = open(proxy.endpoint(), "s3-tags")) {
            proxy.on(Requests.of("PUT").query("tagging"), Faults.dropRequest());
            Written written = await(store.write(write("late", streamed(bytes(LARGE)))));
            assertThat(written.metadataLoss()).containsExactly("contentHash");
        }
        try (FaultProxy proxy = FaultProxy.before(endpoint.url());
                DocumentStore store = open(proxy.endpoint(), "s3-tags")) {
            DocumentStat left = await(store.stat(key("late")));
            assertThat(left.metadata().contentHash()).isEmpty();
            assertThat(left.metadata().uuid()).isEqualTo(METADATA.uuid());
            assertThat(left.marker()).contains(MARKER);

            // When a server that checks preconditions on uploads by parts refuses the second one
            proxy.on(Requests.of("POST").query("uploadId"), Faults.error(412, "PreconditionFailed"));
            ErrorKind told = kindOf(store.write(write("late", streamed(bytes(LARGE)))));

            // Then
            assertThat(told).isEqualTo(ErrorKind.PRECONDITION_FAILED);
            assertThat(await(store.stat(key("late"))).metadata().contentHash())
                    .contains(ContentHash.of(ByteBuffer.wrap(bytes(LARGE))));
            assertThat(tags("late")).containsEntry("hermes-project", "apollo");
        }
    }

    private static WriteRequest write(String key, DocumentContent content) {
        return new WriteRequest(
                key(key), content, Optional.empty(), METADATA, Optional.of(MARKER), Precondition.none());
    }

    private static Map<String, String> tags(String key) {
        Map<String, String> tags = new TreeMap<>();
        bystander
                .getObjectTagging(get -> get.bucket(bucket).key(key))
                .join()
                .tagSet()
                .forEach(tag -> tags.put(tag.key(), tag.value()));
        return tags;
    }

    private static DocumentStore open(String url, String way) {
        return factory.open(endpoint.settings(bucket)
                .with("endpoint", url)
                .with("metadata_store", way)
                .with("multipart_threshold_mb", "5")
                .with("part_size_mb", "5")
                .with("retry_max_attempts", "1")
                .measured(measured)
                .build());
    }
}
