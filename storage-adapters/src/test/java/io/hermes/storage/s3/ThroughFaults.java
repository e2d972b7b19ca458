package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.fail;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.Marker;
import io.hermes.storage.Precondition;
import io.hermes.storage.Revision;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.testing.FaultProxy;
import io.hermes.storage.testing.S3Server;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** A store behind a network that misbehaves, and a bystander who sees what the server really holds. */
abstract class ThroughFaults {

    static final int MIB = 1 << 20;
    /** What is waited for takes seconds; a machine that is busy with three builds takes its time. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    static final DocumentKey KEY = new DocumentKey("a/b.md");
    static final byte[] BYTES = "the bytes of a document".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    static final Marker MARKER =
            new Marker(UUID.fromString("0193b2a4-7c11-7def-8abc-123456789abc"), 7, Revision.of("r1"));

    static S3Server server;
    static S3StoreFactory factory;
    static S3AsyncClient bystander;

    FaultProxy proxy;
    DocumentStore store;

    @BeforeAll
    static void startServer() {
        server = S3Server.start(S3Server.Backend.TRANSIENT_NIO2, "documents");
        factory = new S3StoreFactory();
        bystander = server.client();
    }

    @AfterAll
    static void stopServer() {
        bystander.close();
        factory.close();
        server.close();
    }

    @BeforeEach
    void openStore() {
        proxy = FaultProxy.before(server.endpoint());
        store = factory.open(settings().build());
    }

    @AfterEach
    void closeStore() {
        store.close();
        endUploads();
        bystander
                .listObjectsV2(list -> list.bucket(server.bucket()))
                .join()
                .contents()
                .forEach(object -> bystander
                        .deleteObject(delete -> delete.bucket(server.bucket()).key(object.key()))
                        .join());
        proxy.close();
    }

    /** One try, so that a fault is met once, one body for each document, and patience: a busy machine is silent now and then. */
    S3StoreSettings settings() {
        return S3StoreSettings.at(
                        proxy.endpoint(), server.region(), server.bucket(), server.accessKey(), server.secretKey())
                .with("retry_max_attempts", "1")
                .with("request_timeout_seconds", "60")
                .with("connection_timeout_seconds", "60")
                .with("part_size_mb", "5")
                .with("multipart_threshold_mb", "5")
                .with("upload_concurrency", "2")
                .with("download_concurrency", "1");
    }

    /** Opens the store anew with other settings. */
    void reopen(S3StoreSettings settings) {
        store.close();
        store = factory.open(settings.build());
    }

    static void plant(DocumentKey key, byte[] bytes) {
        bystander
                .putObject(put -> put.bucket(server.bucket()).key(key.value()), AsyncRequestBody.fromBytes(bytes))
                .join();
    }

    /** What the server holds, past the code under test. */
    static Optional<byte[]> held(DocumentKey key) {
        try {
            return Optional.of(bystander
                    .getObject(get -> get.bucket(server.bucket()).key(key.value()), AsyncResponseTransformer.toBytes())
                    .thenApply(ResponseBytes::asByteArray)
                    .join());
        } catch (java.util.concurrent.CompletionException absent) {
            return Optional.empty();
        }
    }

    /** Those that an outage left for the next attempt. */
    private static void endUploads() {
        bystander
                .listMultipartUploads(list -> list.bucket(server.bucket()))
                .join()
                .uploads()
                .forEach(upload -> bystander
                        .abortMultipartUpload(abort ->
                                abort.bucket(server.bucket()).key(upload.key()).uploadId(upload.uploadId()))
                        .join());
    }

    static int unfinishedUploads() {
        return bystander
                .listMultipartUploads(list -> list.bucket(server.bucket()))
                .join()
                .uploads()
                .size();
    }

    static WriteRequest small(Precondition precondition) {
        return request(new DocumentContent.Whole(ByteBuffer.wrap(BYTES)), precondition);
    }

    /** Two parts and a rest. */
    static WriteRequest large() {
        Multi<ByteBuffer> pieces = Multi.createFrom().range(0, 12).map(number -> ByteBuffer.allocate(MIB));
        return request(new DocumentContent.Streamed(12L * MIB, pieces), Precondition.none());
    }

    static WriteRequest request(DocumentContent content, Precondition precondition) {
        return new WriteRequest(
                KEY, content, Optional.empty(), DocumentMetadata.NONE, Optional.of(MARKER), precondition);
    }

    static <T> T await(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    static StorageException failureOf(Uni<?> uni) {
        try {
            return fail("expected a failure, got " + await(uni));
        } catch (StorageException expected) {
            return expected;
        }
    }

    static StorageException streamFailure(io.hermes.storage.OpenDocument document) {
        return failureOf(((DocumentContent.Streamed) document.content())
                .bytes()
                .collect()
                .asList());
    }
}
