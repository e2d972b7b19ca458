package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListRequest;
import io.hermes.storage.Marker;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.Precondition;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.Revision;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.hermes.storage.testing.S3Server;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What goes over the wire, and what becomes of everything that can go wrong there. */
class S3FailureTest {

    private static final DocumentKey KEY = new DocumentKey("a/b.md");
    private static final ByteBuffer BYTES = ByteBuffer.wrap("hello".getBytes(StandardCharsets.UTF_8));
    private static final Marker MARKER =
            new Marker(UUID.fromString("0193b2a4-7c11-7def-8abc-123456789abc"), 7, Revision.of("r1"));

    private static S3Server server;
    private static S3StoreFactory factory;

    @BeforeAll
    static void start() {
        server = S3Server.start(S3Server.Backend.TRANSIENT_NIO2, "documents");
        factory = new S3StoreFactory();
    }

    @AfterAll
    static void stop() {
        factory.close();
        server.close();
    }

    @Test
    void aDocumentIsOneConditionalRequestWithItsHashInTheSignature() throws IOException {
        try (Wire wire = Wire.to(server.endpoint());
                DocumentStore store = open(wire.endpoint())) {
            // When
            await(store.write(write(new DocumentKey("signed"), Optional.empty())));

            // Then
            assertThat(wire.sent())
                    .filteredOn(line -> line.endsWith(" HTTP/1.1"))
                    .hasSize(1);
            assertThat(wire.sent())
                    .contains(
                            "x-amz-content-sha256: " + ContentHash.of(BYTES).hex(),
                            "x-amz-meta-hermes-sha256: " + ContentHash.of(BYTES).hex(),
                            "If-None-Match: *")
                    .noneMatch(line -> line.startsWith("Expect"));
        }
    }

    @Test
    void anAnswerThatWasLostIsFoundByOurMarker() throws IOException {
        try (Wire wire = Wire.to(server.endpoint());
                DocumentStore store = open(wire.endpoint(), 3)) {
            // Given
            wire.loseAnAnswer();

            // When
            Written written = await(store.write(write(new DocumentKey("lost"), Optional.of(MARKER))));

            // Then
            assertThat(written.requests()).isEqualTo(2);
            assertThat(written.revision())
                    .isEqualTo(await(store.stat(new DocumentKey("lost"))).revision());
        }
    }

    @Test
    void withoutAMarkerALostAnswerIsAStrangersDocument() throws IOException {
        try (Wire wire = Wire.to(server.endpoint());
                DocumentStore store = open(wire.endpoint(), 3)) {
            wire.loseAnAnswer();
            assertThat(failure(store.write(write(new DocumentKey("unmarked"), Optional.empty())))
                            .kind())
                    .isEqualTo(ErrorKind.PRECONDITION_FAILED);
        }
    }

    @Test
    void rejectedCredentialsAreUnauthenticated() {
        S3StoreSettings wrong = S3StoreSettings.on(server).secret("secret_key", "wrong");
        try (DocumentStore store = factory.open(wrong.build())) {
            assertThat(failure(store.list(ListRequest.everything())).kind()).isEqualTo(ErrorKind.UNAUTHENTICATED);
            assertThat(failure(store.stat(KEY)).kind()).isEqualTo(ErrorKind.UNAUTHENTICATED);
            assertThat(failure(store.write(write(KEY, Optional.empty()))).kind())
                    .isEqualTo(ErrorKind.UNAUTHENTICATED);
        }
    }

    @Test
    void aMissingBucketIsAMissingContainer() {
        try (DocumentStore store = factory.open(
                S3StoreSettings.on(server).with("bucket", "no-such-bucket").build())) {
            assertThat(failure(store.list(ListRequest.everything())).kind()).isEqualTo(ErrorKind.CONTAINER_MISSING);
            assertThat(failure(store.stat(KEY)).kind()).isEqualTo(ErrorKind.CONTAINER_MISSING);
        }
    }

    @Test
    void nobodyAtTheEndpointIsUnavailable() throws IOException {
        ServerSocket gone = new ServerSocket(0);
        gone.close();
        S3StoreSettings nobody =
                settings("http://127.0.0.1:" + gone.getLocalPort(), 3).with("connection_timeout_seconds", "1");
        try (DocumentStore store = factory.open(nobody.build())) {
            assertThat(failure(store.stat(KEY)).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
            assertThat(await(store.probe(ProbeDepth.REACH)).healthy()).isFalse();
        }
    }

    @Test
    void anUnknownHostIsUnavailable() {
        try (DocumentStore store = open("http://no-such-host.invalid:9000")) {
            assertThat(failure(store.stat(KEY)).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        }
    }

    @Test
    void aStoreThatAsksForPatienceIsRateLimited() throws IOException {
        try (Wire wire = Wire.saying(
                        "HTTP/1.1 503 Slow Down", "Retry-After: 17", "Content-Length: 0", "Connection: close", "", "");
                DocumentStore store = open(wire.endpoint())) {
            // When
            StorageException failure = failure(store.read(ReadRequest.latest(KEY, 100)));

            // Then
            assertThat(failure.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(17));
        }
    }

    @Test
    void whatAServerAnswersNeverReachesAMessage() throws IOException {
        String body = "<Error><Code>AccessDenied</Code><Message>canary</Message></Error>";
        try (Wire wire = Wire.saying(
                        "HTTP/1.1 403 Forbidden", "Content-Length: " + body.length(), "Connection: close", "", body);
                DocumentStore store = open(wire.endpoint())) {
            StorageException failure = failure(store.read(ReadRequest.latest(KEY, 100)));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PERMISSION_DENIED);
            assertThat(failure).hasMessageNotContaining("canary").hasNoCause();
        }
    }

    @Test
    void aSilentServerIsATimeout() throws IOException {
        try (ServerSocket silent = new ServerSocket(0);
                DocumentStore store = factory.open(settings("http://127.0.0.1:" + silent.getLocalPort(), 1)
                        .with("request_timeout_seconds", "1")
                        .build())) {
            assertThat(failure(store.stat(KEY)).kind()).isEqualTo(ErrorKind.TIMEOUT);
        }
    }

    @Test
    void aTruncatedBodyNeverPasses() throws IOException {
        String half = "x".repeat(500);
        try (Wire wire = Wire.saying(
                        "HTTP/1.1 200 OK",
                        "Content-Length: 1000",
                        "ETag: \"e\"",
                        "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT",
                        "",
                        half);
                DocumentStore store = open(wire.endpoint())) {
            // When
            StorageException whole = failure(store.read(ReadRequest.latest(KEY, 100_000)));
            OpenDocument open = await(store.read(ReadRequest.latest(KEY, 10)));
            StorageException streamed = failure(((DocumentContent.Streamed) open.content())
                    .bytes()
                    .collect()
                    .asList());

            // Then
            assertThat(whole.kind()).isIn(ErrorKind.UNAVAILABLE, ErrorKind.CONTENT_TRUNCATED);
            assertThat(streamed.kind()).isIn(ErrorKind.UNAVAILABLE, ErrorKind.CONTENT_TRUNCATED);
        }
    }

    private static S3StoreSettings settings(String endpoint, int attempts) {
        return S3StoreSettings.at(endpoint, server.region(), server.bucket(), server.accessKey(), server.secretKey())
                .with("retry_max_attempts", Integer.toString(attempts));
    }

    private static DocumentStore open(String endpoint) {
        return open(endpoint, 1);
    }

    private static DocumentStore open(String endpoint, int attempts) {
        return factory.open(settings(endpoint, attempts).build());
    }

    private static WriteRequest write(DocumentKey key, Optional<Marker> marker) {
        return new WriteRequest(
                key,
                new DocumentContent.Whole(BYTES),
                Optional.empty(),
                DocumentMetadata.NONE,
                marker,
                Precondition.ifAbsent());
    }

    private static StorageException failure(Uni<?> uni) {
        return catchThrowableOfType(StorageException.class, () -> await(uni));
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(20));
    }
}
