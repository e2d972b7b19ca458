package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.Revision;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.hermes.storage.testing.S3Server;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.Cancellable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** An upload by parts is there as a whole or not at all, and leaves no parts behind. */
class S3MultipartTest {

    private static final int MIB = 1 << 20;
    private static final int ABOVE_THRESHOLD = 12 * MIB;
    private static final DocumentKey KEY = new DocumentKey("large.bin");
    private static final ByteBuffer OLD = ByteBuffer.wrap(new byte[] {1, 2, 3});
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static S3Server server;
    private static S3StoreFactory factory;
    private static S3AsyncClient bystander;
    private static DocumentStore store;

    @BeforeAll
    static void start() {
        server = S3Server.start("documents");
        bystander = server.client();
        factory = new S3StoreFactory();
        store = factory.open(S3StoreSettings.on(server)
                .with("part_size_mb", "5")
                .with("multipart_threshold_mb", "5")
                .with("upload_concurrency", "2")
                .build());
    }

    @AfterAll
    static void stop() {
        store.close();
        factory.close();
        bystander.close();
        server.close();
    }

    @AfterEach
    void removeTheDocument() {
        store.delete(KEY, Precondition.none()).await().atMost(PATIENCE);
    }

    @Test
    void aSourceThatFailsLeavesNothing() {
        // Given
        Multi<ByteBuffer> broken = Multi.createBy()
                .concatenating()
                .streams(
                        mebibytes(11),
                        Multi.createFrom()
                                .failure(new StorageException(ErrorKind.CHANGED, "read", "source", "it was replaced")));

        // When
        StorageException failure = failureOf(request(ABOVE_THRESHOLD, broken, Precondition.none()));

        // Then
        assertThat(failure.kind()).isEqualTo(ErrorKind.CHANGED);
        assertNothingIsLeft();
    }

    @Test
    void aSourceOfAnotherLengthLeavesNothing() {
        assertThat(failureOf(request(ABOVE_THRESHOLD, mebibytes(11), Precondition.none()))
                        .kind())
                .isEqualTo(ErrorKind.CONTENT_TRUNCATED);
        assertNothingIsLeft();
        assertThat(failureOf(request(ABOVE_THRESHOLD, mebibytes(13), Precondition.none()))
                        .kind())
                .isEqualTo(ErrorKind.CONTENT_TRUNCATED);
        assertNothingIsLeft();
    }

    @Test
    void otherBytesThanWereHashedLeaveNothing() {
        // Given
        WriteRequest other = new WriteRequest(
                KEY,
                new DocumentContent.Streamed(ABOVE_THRESHOLD, mebibytes(12)),
                Optional.of(ContentHash.of(OLD)),
                DocumentMetadata.NONE,
                Optional.empty(),
                Precondition.none());

        // Then
        assertThat(failureOf(other).kind()).isEqualTo(ErrorKind.CONTENT_MISMATCH);
        assertNothingIsLeft();
    }

    @Test
    void whoGivesUpLeavesNothing() {
        // Given a source that never ends
        Multi<ByteBuffer> endless = Multi.createBy()
                .concatenating()
                .streams(mebibytes(6), Multi.createFrom().nothing());
        Cancellable writing = store.write(request(ABOVE_THRESHOLD, endless, Precondition.none()))
                .subscribe()
                .with(written -> {});
        // A part that is still on its way may outlive the end of its upload (S3 says so too); then the sweep ends it.
        await().atMost(PATIENCE).until(() -> partsOfTheUpload() == 1);

        // When
        writing.cancel();

        // Then
        await().atMost(PATIENCE).untilAsserted(S3MultipartTest::assertNothingIsLeft);
    }

    @Test
    void aPreconditionThatFailsAtTheEndKeepsTheOldBytes() {
        // Given
        store.write(new WriteRequest(
                        KEY,
                        new DocumentContent.Whole(OLD),
                        Optional.empty(),
                        DocumentMetadata.NONE,
                        Optional.empty(),
                        Precondition.none()))
                .await()
                .atMost(PATIENCE);
        Revision stale = Revision.of("00000000000000000000000000000000");

        // When
        for (Precondition refused : List.of(Precondition.ifAbsent(), Precondition.ifMatches(stale))) {
            assertThat(failureOf(request(ABOVE_THRESHOLD, mebibytes(12), refused))
                            .kind())
                    .isEqualTo(ErrorKind.PRECONDITION_FAILED);
        }

        // Then
        DocumentContent left = store.read(ReadRequest.latest(KEY, MIB))
                .await()
                .atMost(PATIENCE)
                .content();
        assertThat(((DocumentContent.Whole) left).bytes()).isEqualTo(OLD);
        assertThat(uploads()).isZero();
    }

    @Test
    void streamsSixtyFourMebibytesThereAndBack() {
        // When
        Written written = store.write(request(64L * MIB, mebibytes(64), Precondition.ifAbsent()))
                .await()
                .atMost(PATIENCE);

        // Then
        MessageDigest digest = ContentHash.newDigest();
        ((DocumentContent.Streamed) store.read(ReadRequest.latest(KEY, MIB))
                        .await()
                        .atMost(PATIENCE)
                        .content())
                .bytes()
                .invoke(digest::update)
                .collect()
                .last()
                .await()
                .atMost(PATIENCE);
        assertThat(ContentHash.finish(digest)).isEqualTo(written.hash());
        assertThat(written.size()).isEqualTo(64L * MIB);
        assertThat(written.requests()).isEqualTo(13 + 4);
    }

    private static void assertNothingIsLeft() {
        assertThat(bystander
                        .listObjectsV2(list -> list.bucket(server.bucket()))
                        .join()
                        .contents())
                .isEmpty();
        assertThat(uploads()).isZero();
    }

    private static int uploads() {
        return bystander
                .listMultipartUploads(list -> list.bucket(server.bucket()))
                .join()
                .uploads()
                .size();
    }

    private static int partsOfTheUpload() {
        return bystander.listMultipartUploads(list -> list.bucket(server.bucket())).join().uploads().stream()
                .mapToInt(upload -> bystander
                        .listParts(list ->
                                list.bucket(server.bucket()).key(upload.key()).uploadId(upload.uploadId()))
                        .join()
                        .parts()
                        .size())
                .sum();
    }

    /** Pieces made when they are asked for, each with other bytes. */
    private static Multi<ByteBuffer> mebibytes(int count) {
        return Multi.createFrom().range(0, count).map(number -> {
            ByteBuffer piece = ByteBuffer.allocate(MIB);
            for (int at = 0; at < MIB; at += Integer.BYTES) {
                piece.putInt(at, number * MIB + at);
            }
            return piece;
        });
    }

    private static WriteRequest request(long size, Multi<ByteBuffer> bytes, Precondition precondition) {
        return new WriteRequest(
                KEY,
                new DocumentContent.Streamed(size, bytes),
                Optional.empty(),
                DocumentMetadata.NONE,
                Optional.empty(),
                precondition);
    }

    private static StorageException failureOf(WriteRequest request) {
        return catchThrowableOfType(
                StorageException.class, () -> store.write(request).await().atMost(PATIENCE));
    }
}
