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
import io.hermes.storage.Precondition;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.testing.FaultProxy;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.HttpHeaders;
import io.hermes.storage.testing.Requests;
import io.hermes.storage.testing.S3Server;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What goes over the wire, and what becomes of everything that can go wrong there. */
class S3FailureTest {

    private static final DocumentKey KEY = new DocumentKey("a/b.md");
    private static final ByteBuffer BYTES = ByteBuffer.wrap("hello".getBytes(StandardCharsets.UTF_8));

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
    void aDocumentIsOneConditionalRequestWithItsHashInTheSignature() {
        try (FaultProxy proxy = FaultProxy.before(server.endpoint());
                DocumentStore store = open(proxy.endpoint(), 1)) {
            // When
            await(store.write(write(new DocumentKey("signed"), Optional.empty())));

            // Then
            assertThat(proxy.requests()).singleElement().satisfies(request -> {
                HttpHeaders headers = request.headers();
                String hash = ContentHash.of(BYTES).hex();
                assertThat(headers.first("x-amz-content-sha256")).contains(hash);
                assertThat(headers.first("x-amz-meta-hermes-sha256")).contains(hash);
                assertThat(headers.first("If-None-Match")).contains("*");
                assertThat(headers.first("Expect")).isEmpty();
            });
        }
    }

    @Test
    void withoutAMarkerALostAnswerIsAStrangersDocument() {
        try (FaultProxy proxy = FaultProxy.before(server.endpoint());
                DocumentStore store = open(proxy.endpoint(), 3)) {
            proxy.on(Requests.of("PUT").first(1), Faults.loseReply());
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
