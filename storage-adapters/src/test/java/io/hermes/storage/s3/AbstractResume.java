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
import io.hermes.storage.Feature;
import io.hermes.storage.Marker;
import io.hermes.storage.Precondition;
import io.hermes.storage.ProbeReport.Measured;
import io.hermes.storage.Revision;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * What becomes of an upload by parts whose writer is gone, or seems to be. A writer that has sent its first parts and then says nothing
 * more looks to the store like one that was killed; and it can wake up again.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AbstractResume {

    private static final int MIB = 1 << 20;
    private static final int PART = 5 * MIB;
    private static final int SIZE = 23;
    private static final int PARTS = 5;
    private static final DocumentKey KEY = new DocumentKey("dir/large \u00fc.bin");
    private static final UUID JOB = UUID.fromString("0193b2a4-7c11-7def-8abc-123456789abc");
    private static final Marker MARKER = new Marker(JOB, 7, Revision.of("r1"));
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern SENT_PART = Pattern.compile("PUT \\S+[?&]partNumber=(\\d+)\\S* HTTP/1.1");

    private final S3StoreFactory factory = new S3StoreFactory();
    private final S3Clients clients = new S3Clients();
    private final List<Cancellable> writers = new ArrayList<>();
    private S3Endpoint endpoint;
    private S3AsyncClient bystander;
    private String bucket;
    private DocumentStore dead;
    private Wire wire;
    private DocumentStore alive;

    /** A server that is there for the whole class. */
    abstract S3Endpoint endpoint();

    @BeforeAll
    void find() {
        endpoint = endpoint();
        bystander = endpoint.client();
    }

    @BeforeEach
    void open() {
        bucket = "hermes-test-" + UUID.randomUUID();
        endpoint.createBucket(bucket);
        dead = factory.open(settings(endpoint.url()).build());
        wire = Wire.to(endpoint.url());
        alive = factory.open(settings(wire.endpoint()).build());
    }

    private S3StoreSettings settings(String url) {
        return new S3Endpoint(url, endpoint.region(), endpoint.accessKey(), endpoint.secretKey(), endpoint.checksums())
                .settings(bucket)
                .with("prefix", "production")
                .with("part_size_mb", "5")
                .with("multipart_threshold_mb", "5")
                .with("retry_max_attempts", "1")
                .measured(new Measured(Set.of(Feature.REFUSES_WRONG_BYTES)));
    }

    @AfterEach
    void close() throws IOException {
        writers.forEach(Cancellable::cancel);
        writers.clear();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(uploads()).isEmpty());
        dead.close();
        alive.close();
        wire.close();
        endpoint.removeBucket(bucket);
    }

    @AfterAll
    void stop() {
        // Absent if there is no server, and then nothing was opened.
        if (bystander != null) {
            bystander.close();
        }
        factory.close();
        clients.close();
    }

    @Test
    void onlyTheMissingPartsAreSent() {
        // Given
        diesAfter(2, MARKER);

        // When
        Written written = write(alive, request(SIZE, MARKER));

        // Then
        assertThat(partsSent()).containsExactlyInAnyOrder(3, 4, 5);
        assertThat(written.hash()).isEqualTo(hashOf(SIZE));
        assertThat(hashOf(stored())).isEqualTo(hashOf(SIZE));
        assertThat(written.proven()).as("an MD5 is no proof").isFalse();
        assertThat(written.requests())
                .as("one more where the store tells no ETag")
                .isIn(5 + 3 + 2, 5 + 3 + 3);
        assertNothingElseIsThere();
    }

    @Test
    void aPartThatHoldsOtherBytesIsSentAgain() {
        // Given
        diesAfter(2, MARKER);
        MultipartUpload left = uploads().getFirst();
        bystander
                .uploadPart(
                        part -> part.bucket(bucket)
                                .key(left.key())
                                .uploadId(left.uploadId())
                                .partNumber(2),
                        AsyncRequestBody.fromBytes(new byte[PART]))
                .join();

        // When
        Written written = write(alive, request(SIZE, MARKER));

        // Then
        assertThat(partsSent()).containsExactlyInAnyOrder(2, 3, 4, 5);
        assertThat(hashOf(stored())).isEqualTo(written.hash()).isEqualTo(hashOf(SIZE));
    }

    @Test
    void whatIsNotTheSameWriteBeginsAnew() {
        // Given
        diesAfter(2, MARKER);
        Marker otherRevision = new Marker(JOB, 7, Revision.of("r2"));

        // When
        write(alive, request(SIZE, otherRevision));
        write(alive, request(SIZE - 1, MARKER));

        // Then
        assertThat(partsSent()).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 1, 2, 3, 4, 5);
        assertThat(alive.stat(KEY).await().atMost(PATIENCE).marker()).contains(MARKER);
        assertThat(uploads()).as("the first writer may be alive").hasSize(1);
    }

    @Test
    void withoutAMarkerNobodyKnowsWhoseThePartsAre() {
        // Given
        diesAfter(2, null);

        // When
        Written written = write(alive, request(SIZE, null));

        // Then
        assertThat(partsSent()).hasSize(PARTS);
        assertThat(written.proven()).isTrue();
    }

    @Test
    void aStrangersUploadIsNeitherContinuedNorEnded() {
        // Given
        diesAfter(2, MARKER);
        String object = "production/" + KEY.value();
        String foreign = bystander
                .createMultipartUpload(create -> create.bucket(bucket).key(object))
                .join()
                .uploadId();
        bystander
                .uploadPart(
                        part -> part.bucket(bucket)
                                .key(object)
                                .uploadId(foreign)
                                .partNumber(1),
                        AsyncRequestBody.fromBytes(new byte[PART]))
                .join();

        // When
        sweep(Duration.ofHours(23));
        assertThat(uploads()).hasSize(2);
        sweep(Duration.ofHours(25));

        // Then
        assertThat(uploads()).extracting(MultipartUpload::uploadId).containsExactly(foreign);
        write(alive, request(SIZE, MARKER));
        assertThat(partsSent()).hasSize(PARTS);
        assertThat(uploads()).extracting(MultipartUpload::uploadId).containsExactly(foreign);
        bystander
                .abortMultipartUpload(abort -> abort.bucket(bucket).key(object).uploadId(foreign))
                .join();
    }

    @Test
    void theFirstLargeWriteOfAStoreSweepsToo() {
        // Given a note as a worker left it whose upload is long gone
        UploadNotes notes = new UploadNotes(rawBucket());
        notes.leave("production/gone", "0".repeat(64), "no-such-upload").await().atMost(PATIENCE);
        assertThat(notesLeft()).isEqualTo(1);

        // When
        sweep(Duration.ofHours(25));

        // Then
        assertThat(notesLeft()).isZero();
    }

    @Test
    void aWriterThatWakesUpDoesNotEndTheUploadOfItsSuccessor() throws IOException {
        // Given a first writer that is not dead, and a second that has taken over its parts
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        try (Wire zombieWire = Wire.to(endpoint.url());
                DocumentStore zombie =
                        factory.open(settings(zombieWire.endpoint()).build())) {
            Cancellable woken = hangs(zombie, 2, MARKER);
            CompletableFuture<Written> second = alive.write(
                            request(SIZE, MARKER, pausing(Uni.createFrom().completionStage(goOn))))
                    .subscribeAsCompletionStage();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(partsThere()).isEqualTo(3));

            // When
            woken.cancel();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(zombieWire.sent()).anyMatch(line -> line.contains("HEAD /" + bucket)));
            goOn.complete(null);

            // Then
            assertThat(Uni.createFrom()
                            .completionStage(second)
                            .await()
                            .atMost(PATIENCE)
                            .hash())
                    .isEqualTo(hashOf(SIZE));
            assertThat(hashOf(stored())).isEqualTo(hashOf(SIZE));
        }
    }

    @Test
    void anOutageKeepsThePartsForTheNextAttempt() throws IOException {
        // Given
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        StorageException failure;
        try (Wire failing = Wire.to(endpoint.url());
                DocumentStore cutOff = factory.open(settings(failing.endpoint()).build())) {
            CompletableFuture<Written> first = cutOff.write(
                            request(SIZE, MARKER, pausing(Uni.createFrom().completionStage(goOn))))
                    .subscribeAsCompletionStage();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(partsThere()).isGreaterThanOrEqualTo(3));
            failing.loseAnAnswer();
            goOn.complete(null);
            failure = catchThrowableOfType(
                    StorageException.class,
                    () -> Uni.createFrom().completionStage(first).await().atMost(PATIENCE));
        }

        // When
        write(alive, request(SIZE, MARKER));

        // Then
        assertThat(failure.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(partsSent()).isSubsetOf(4, 5);
        assertThat(hashOf(stored())).isEqualTo(hashOf(SIZE));
        assertNothingElseIsThere();
    }

    /** A writer that sends its first parts and is never heard of again while the test lasts. */
    private void diesAfter(int parts, Marker marker) {
        writers.add(hangs(dead, parts, marker));
    }

    private Cancellable hangs(DocumentStore store, int parts, Marker marker) {
        Multi<ByteBuffer> silent = Multi.createBy()
                .concatenating()
                .streams(mebibytes(0, parts * PART / MIB), Multi.createFrom().<ByteBuffer>nothing());
        Cancellable writing =
                store.write(request(SIZE, marker, silent)).subscribe().with(written -> {}, failure -> {});
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(partsThere()).isEqualTo(parts));
        return writing;
    }

    /** Three parts, and the rest once somebody says so. */
    private static Multi<ByteBuffer> pausing(Uni<Void> goOn) {
        return Multi.createBy()
                .concatenating()
                .streams(mebibytes(0, 15), goOn.onItem().transformToMulti(now -> mebibytes(15, SIZE)));
    }

    private void sweep(Duration later) {
        new Uploads(rawBucket(), Clock.offset(Clock.systemUTC(), later))
                .sweep()
                .await()
                .atMost(PATIENCE);
    }

    private S3Bucket rawBucket() {
        S3Config config = S3Settings.read(settings(endpoint.url()).build()).config();
        return new S3Bucket(clients.lease(config).s3(), config, new S3Keys(config.prefix(), config.besideBytes()));
    }

    private List<Integer> partsSent() {
        return wire.sent().stream()
                .map(SENT_PART::matcher)
                .filter(Matcher::find)
                .map(part -> Integer.valueOf(part.group(1)))
                .toList();
    }

    private List<MultipartUpload> uploads() {
        return bystander
                .listMultipartUploads(list -> list.bucket(bucket))
                .join()
                .uploads();
    }

    /** At all uploads together. */
    private int partsThere() {
        return uploads().stream()
                .mapToInt(upload -> bystander
                        .listParts(list -> list.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()))
                        .join()
                        .parts()
                        .size())
                .sum();
    }

    private long notesLeft() {
        return bystander
                .listObjectsV2(list -> list.bucket(bucket).prefix("production/" + UploadNotes.FOLDER))
                .join()
                .contents()
                .size();
    }

    private void assertNothingElseIsThere() {
        assertThat(bystander.listObjectsV2(list -> list.bucket(bucket)).join().contents())
                .singleElement()
                .satisfies(object -> assertThat(object.size()).isEqualTo((long) SIZE * MIB));
        assertThat(uploads()).isEmpty();
    }

    private Multi<ByteBuffer> stored() {
        return Multi.createFrom()
                .item(() -> bystander
                        .getObject(
                                get -> get.bucket(bucket).key("production/" + KEY.value()),
                                AsyncResponseTransformer.toBytes())
                        .join()
                        .asByteBuffer());
    }

    private static ContentHash hashOf(int mebibytes) {
        return hashOf(mebibytes(0, mebibytes));
    }

    private static ContentHash hashOf(Multi<ByteBuffer> bytes) {
        MessageDigest digest = ContentHash.newDigest();
        bytes.invoke(piece -> digest.update(piece.duplicate()))
                .onItem()
                .ignoreAsUni()
                .await()
                .atMost(PATIENCE);
        return ContentHash.finish(digest);
    }

    private static Written write(DocumentStore store, WriteRequest request) {
        return store.write(request).await().atMost(PATIENCE);
    }

    private static WriteRequest request(int mebibytes, Marker marker) {
        return request(mebibytes, marker, mebibytes(0, mebibytes));
    }

    private static WriteRequest request(int mebibytes, Marker marker, Multi<ByteBuffer> bytes) {
        return new WriteRequest(
                KEY,
                new DocumentContent.Streamed((long) mebibytes * MIB, bytes),
                Optional.empty(),
                DocumentMetadata.NONE,
                Optional.ofNullable(marker),
                Precondition.none());
    }

    /** Pieces made when they are asked for, each with other bytes. */
    private static Multi<ByteBuffer> mebibytes(int from, int to) {
        return Multi.createFrom().range(from, to).map(number -> {
            ByteBuffer piece = ByteBuffer.allocate(MIB);
            for (int at = 0; at < MIB; at += Integer.BYTES) {
                piece.putInt(at, number * MIB + at);
            }
            return piece;
        });
    }
}
