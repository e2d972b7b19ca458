package io.hermes.storage.s3;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.failureOf;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Feature;
import io.hermes.storage.Precondition;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.ProbeReport;
import io.hermes.storage.ProbeReport.Measured;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.hermes.storage.testing.FaultProxy;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.ProxiedReply;
import io.hermes.storage.testing.Requests;
import io.hermes.storage.testing.S3Server;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What {@code metadata_store = s3-tags} sends, and where it refuses to. What a server does with tags, real servers show. */
class S3TagsTest {

    private static final ContentHash HASH = ContentHash.of(ByteBuffer.wrap(bytes(100)));

    private static S3StoreFactory factory;

    @BeforeAll
    static void start() {
        factory = new S3StoreFactory();
    }

    @AfterAll
    static void stop() {
        factory.close();
    }

    @Test
    void tagsTravelInTheOneRequestThatMakesTheDocumentVisible() {
        try (FaultProxy proxy = storing();
                DocumentStore store = open(proxy.endpoint(), Set.of(Feature.TAGS))) {
            // When
            Written written = await(store.write(request()));

            // Then
            assertThat(written.requests()).isEqualTo(1);
            assertThat(proxy.requests()).hasSize(1);
            assertThat(sent(proxy, "x-amz-tagging"))
                    .contains("hermes-name=a%20name")
                    .contains("hermes-hash=" + HASH.hex());
            assertThat(sent(proxy, "x-amz-meta-hermes-sha256")).isEqualTo(HASH.hex());
        }
    }

    @Test
    void aStoreThatWasNotSeenToKeepTagsIsNotTrustedWithThem() {
        try (FaultProxy proxy = FaultProxy.alone();
                DocumentStore store = open(proxy.endpoint(), Set.of())) {
            // When
            StorageException failure = failureOf(store.write(request()));

            // Then
            assertThat(failure.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
            assertThat(failure).hasMessageContaining("metadata_store").hasMessageContaining("user-metadata");
            assertThat(proxy.requests()).isEmpty();
        }
    }

    @Test
    void aProviderThatCountsOnTagsWhereThereAreNoneIsNotHealthy() {
        try (S3Server server = S3Server.start(S3Server.Backend.TRANSIENT_NIO2, "documents");
                DocumentStore store = factory.open(S3StoreSettings.on(server)
                        .with("metadata_store", "s3-tags")
                        .build())) {
            // When
            ProbeReport report = await(store.probe(ProbeDepth.CAPABILITIES));

            // Then
            assertThat(report.healthy()).isFalse();
            assertThat(report.measured().saw(Feature.TAGS)).isFalse();
            assertThat(report.steps())
                    .filteredOn(step -> step.outcome() == ProbeReport.Outcome.FAILED)
                    .extracting(ProbeReport.Step::name)
                    .containsExactly("tags");
        }
    }

    @Test
    void aStoreThatKeepsChecksumsIsSentOne() {
        try (FaultProxy proxy = storing();
                DocumentStore store = open(proxy.endpoint(), Set.of(Feature.TAGS, Feature.CHECKSUMS))) {
            await(store.write(request()));
            assertThat(sent(proxy, "x-amz-checksum-sha256")).isEqualTo(ServerChecksum.of(HASH));
        }
    }

    @Test
    void anotherStoreIsSentNone() {
        try (FaultProxy proxy = storing();
                DocumentStore store = open(proxy.endpoint(), Set.of(Feature.TAGS))) {
            await(store.write(request()));
            assertThat(proxy.requests().getFirst().headers().first("x-amz-checksum-sha256"))
                    .isEmpty();
        }
    }

    @Test
    void theStoresOwnChecksumOutweighsAHeader() throws IOException {
        try (Wire wire = Wire.saying(
                        "HTTP/1.1 200 OK",
                        "ETag: \"e\"",
                        "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT",
                        "x-amz-meta-hermes-sha256: " + "0".repeat(64),
                        "x-amz-meta-sha256: wrong",
                        "x-amz-checksum-sha256: " + ServerChecksum.of(HASH),
                        "Content-Length: 100",
                        "Connection: close",
                        "",
                        "");
                DocumentStore store = factory.open(settings(wire.endpoint())
                        .measured(new Measured(Set.of(Feature.CHECKSUMS)))
                        .build())) {
            // When
            DocumentMetadata said = await(store.stat(key("a"))).metadata();

            // Then
            assertThat(said.contentHash()).contains(HASH);
            assertThat(said.extended()).containsOnlyKeys("sha256").containsEntry("sha256", "wrong");
        }
    }

    /** A server that takes everything. */
    private static FaultProxy storing() {
        FaultProxy proxy = FaultProxy.alone();
        proxy.on(Requests.of("PUT"), Faults.answer(() -> ProxiedReply.of(200).with("ETag", "\"e\"")));
        return proxy;
    }

    private static String sent(FaultProxy proxy, String header) {
        return proxy.requests().getFirst().headers().first(header).orElseThrow();
    }

    private static WriteRequest request() {
        return new WriteRequest(
                key("a"),
                whole(bytes(100)),
                Optional.empty(),
                new DocumentMetadata.Builder().name("a name").build(),
                Optional.empty(),
                Precondition.ifAbsent());
    }

    private static DocumentStore open(String endpoint, Set<Feature> seen) {
        Set<Feature> all = new HashSet<>(seen);
        all.add(Feature.CONDITIONAL_PUT);
        return factory.open(settings(endpoint)
                .with("metadata_store", "s3-tags")
                .measured(new Measured(all))
                .build());
    }

    private static S3StoreSettings settings(String endpoint) {
        return S3StoreSettings.at(endpoint, "us-east-1", "documents", "id", "secret")
                .with("retry_max_attempts", "1");
    }
}
