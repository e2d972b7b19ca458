package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListRequest;
import io.hermes.storage.Precondition;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.ForkedJvm;
import io.hermes.storage.testing.Gate;
import io.hermes.storage.testing.HttpHeaders;
import io.hermes.storage.testing.ProxiedRequest;
import io.hermes.storage.testing.Requests;
import io.smallrye.mutiny.Multi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What each setting changes about the requests. Those with tests of their own: TLS ({@link S3TlsTest}), roles ({@link AssumedRoleTest}),
 * {@code download_concurrency} ({@link S3RangedReadsTest}), {@code request_timeout_seconds} ({@link S3SilenceTest}),
 * {@code listing} ({@link S3FolderListsTest}), {@code stale_upload_hours} ({@link AbstractResume}), {@code versioning_enabled} ({@link S3ProbeTest}), and {@code metadata_store}, of
 * which each value runs the contract.
 */
class S3SettingsOnTheWireTest extends ThroughFaults {

    private static final Requests PUT = Requests.of("PUT");
    private static final Requests PARTS = PUT.query("partNumber");

    @Test
    void endpointRegionBucketAndKeysAreWhereARequestGoesAndWhatItIsSignedFor() {
        // Given
        reopen(settings().with("region", "eu-hermes-7"));

        // When
        failureOf(store.stat(KEY));

        // Then
        ProxiedRequest request = proxy.requests().getFirst();
        assertThat(request.target()).isEqualTo("/" + server.bucket() + "/" + KEY.value());
        assertThat(request.headers().first("Host"))
                .contains(URI.create(proxy.endpoint()).getAuthority());
        assertThat(request.headers().first("Authorization").orElseThrow())
                .matches(
                        "AWS4-HMAC-SHA256 Credential=" + server.accessKey() + "/\\d{8}/eu-hermes-7/s3/aws4_request,.*");
    }

    @Test
    void aPrefixIsAFolderOfTheBucket() {
        // Given
        plant(new DocumentKey("production/a.md"), BYTES);
        plant(new DocumentKey("production-old/b.md"), BYTES);
        plant(new DocumentKey("c.md"), BYTES);
        reopen(settings().with("prefix", "production/"));

        // When
        List<DocumentKey> listed = await(store.list(ListRequest.everything())).entries().stream()
                .map(entry -> entry.key())
                .toList();
        await(store.write(small(Precondition.none())));

        // Then
        assertThat(listed).containsExactly(new DocumentKey("a.md"));
        assertThat(held(new DocumentKey("production/" + KEY.value()))).hasValue(BYTES);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutASchemeUseSslDecides(boolean tls) {
        // Given
        String bare = URI.create(proxy.endpoint()).getAuthority();

        // When
        S3Config config = S3Settings.read(settings()
                        .with("endpoint", bare)
                        .with("use_ssl", Boolean.toString(tls))
                        .build())
                .config();

        // Then
        assertThat(config.endpoint()).isEqualTo(URI.create((tls ? "https://" : "http://") + bare));
    }

    /** In a JVM of its own, which can be told what a bucket's host name means. */
    @Test
    void withoutPathStyleTheBucketIsPartOfTheHost(@TempDir Path folder) throws IOException {
        // Given
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 documents.store.test\n");
        int port = URI.create(proxy.endpoint()).getPort();

        // When
        ForkedJvm.Outcome outcome = new ForkedJvm(
                        List.of("-Xmx128m", "-Djdk.net.hosts.file=" + hosts), Duration.ofMinutes(2))
                .run(VirtualHost.class, List.of("http://store.test:" + port, server.accessKey(), server.secretKey()));

        // Then
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        ProxiedRequest request = proxy.requests().getFirst();
        assertThat(request.headers().first("Host")).contains("documents.store.test:" + port);
        assertThat(request.target()).isEqualTo("/a/b.md");
    }

    /** Nobody answers the handshake; the time-out for silence would come in an hour. */
    @Test
    void aConnectionThatDoesNotComeAboutHasATimeOutOfItsOwn() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
                DocumentStore nobody = factory.open(settings()
                        .with("endpoint", "https://127.0.0.1:" + silent.getLocalPort())
                        .with("request_timeout_seconds", "3600")
                        .with("connection_timeout_seconds", "1")
                        .build())) {
            assertThat(failureOf(nobody.stat(KEY)).kind()).isIn(ErrorKind.TIMEOUT, ErrorKind.UNAVAILABLE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void aRequestIsTriedSoOften(int attempts) {
        // Given
        reopen(settings().with("retry_max_attempts", Integer.toString(attempts)));
        proxy.on(PUT, Faults.error(503, "SlowDown"));

        // When
        failureOf(store.write(small(Precondition.none())));

        // Then
        assertThat(proxy.count(PUT)).isEqualTo(attempts);
    }

    /** Silence is measured per try, not over all of them. */
    @Test
    void eachTryMayBeSilentForSoLong() {
        // Given
        reopen(settings()
                .with("retry_max_attempts", "3")
                .with("request_timeout_seconds", "1")
                .with("connection_timeout_seconds", "5"));
        proxy.on(PUT, Faults.silence());

        // When
        ErrorKind kind = failureOf(store.write(small(Precondition.none()))).kind();

        // Then
        assertThat(kind).isEqualTo(ErrorKind.TIMEOUT);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(proxy.count(PUT)).isEqualTo(3));
    }

    @Test
    void aDocumentUpToTheThresholdIsOneRequestAndALargerOneGoesByParts() {
        // Given
        reopen(settings().with("multipart_threshold_mb", "7").with("part_size_mb", "6"));

        // When
        await(store.write(sized(7 * MIB)));

        // Then
        assertThat(proxy.requests()).hasSize(1);
        await(store.write(sized(7 * MIB + 1)));
        assertThat(partSizes()).containsExactlyInAnyOrder("" + 6 * MIB, "" + (MIB + 1));
        assertThat(held(KEY).orElseThrow()).hasSize(7 * MIB + 1);
    }

    @Test
    void asManyPartsAreSentAtOnce() {
        // Given
        reopen(settings().with("upload_concurrency", "3"));
        Gate gate = new Gate();
        proxy.on(PARTS, gate);

        // When
        var writing = store.write(sized(30 * MIB)).subscribeAsCompletionStage();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(gate.waiting()).isEqualTo(3));
        gate.open();

        // Then
        assertThat(writing).succeedsWithin(Duration.ofSeconds(30));
        assertThat(proxy.count(PARTS)).isEqualTo(6);
        assertThat(gate.most()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"when_supported", "when_required"})
    void checksumsOfTheSdkAreSentWhereTheyAreWanted(String mode) {
        // Given
        reopen(settings().with("checksums", mode));

        // When
        await(store.write(small(Precondition.none())));
        await(store.write(sized(6 * MIB)));

        // Then
        boolean wanted = mode.equals("when_supported");
        assertThat(proxy.requests())
                .filteredOn(request ->
                        request.method().equals("PUT") && request.key().equals(KEY.value()))
                .hasSize(3)
                .allSatisfy(request -> assertThat(
                                request.headers().first("x-amz-checksum-crc32").isPresent())
                        .isEqualTo(wanted));
    }

    @Test
    void aDocumentWithoutAMediaTypeHasTheProviders() {
        // Given
        reopen(settings().with("default_mime_type", "application/x-hermes"));

        // When
        await(store.write(small(Precondition.none())));
        await(store.write(sized(6 * MIB)));

        // Then
        assertThat(proxy.requests())
                .filteredOn(request -> request.key().equals(KEY.value())
                        && request.query("partNumber").isEmpty())
                .filteredOn(request -> request.method().equals("PUT")
                        || request.query("uploads").isPresent())
                .hasSize(2)
                .extracting(request -> request.headers().first("Content-Type").orElse(""))
                .containsOnly("application/x-hermes");
    }

    @Test
    void withoutKeysTheDefaultChainIsAsked() {
        System.setProperty("aws.accessKeyId", server.accessKey());
        System.setProperty("aws.secretAccessKey", server.secretKey());
        try (DocumentStore chained = factory.open(
                settings().without("access_key").without("secret_key").build())) {
            plant(KEY, BYTES);
            assertThat(await(chained.stat(KEY)).size()).isEqualTo(BYTES.length);
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
    }

    private List<String> partSizes() {
        return proxy.requests().stream()
                .filter(PARTS.what())
                .map(ProxiedRequest::headers)
                .map((HttpHeaders headers) -> headers.first("Content-Length").orElse(""))
                .toList();
    }

    private static WriteRequest sized(int size) {
        Multi<ByteBuffer> pieces = Multi.createFrom()
                .range(0, (size + MIB - 1) / MIB)
                .map(number -> ByteBuffer.allocate(Math.min(MIB, size - number * MIB)));
        return request(new DocumentContent.Streamed(size, pieces), Precondition.none());
    }
}
