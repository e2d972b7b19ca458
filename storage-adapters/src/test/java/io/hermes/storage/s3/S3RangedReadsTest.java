package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Feature;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.Precondition;
import io.hermes.storage.ProbeReport.Measured;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.testing.Fault;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.Faults.Framing;
import io.hermes.storage.testing.Gate;
import io.hermes.storage.testing.ProxiedReply;
import io.hermes.storage.testing.ProxiedRequest;
import io.hermes.storage.testing.Requests;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** Large documents, which are read by several requests at once. */
class S3RangedReadsTest extends ThroughFaults {

    private static final int RANGE = RangedBody.RANGE;
    /** A head, five whole ranges and a rest. */
    private static final byte[] LARGE = new byte[6 * RANGE + 7];

    private static final Requests GET = Requests.of("GET").key(KEY.value());
    private static final Requests RANGES =
            GET.matching(request -> request.headers().first("Range").isPresent());

    static {
        new Random(7).nextBytes(LARGE);
    }

    @BeforeEach
    void readByRanges() {
        reopen(ranged());
    }

    private S3StoreSettings ranged() {
        return settings().with("download_concurrency", "4");
    }

    @Test
    void areReadByPinnedRangesAndDeliveredInOrder() {
        // Given
        plant(KEY, LARGE);

        // When
        OpenDocument document = await(store.read(ReadRequest.latest(KEY, MIB)));
        byte[] read = bytesOf(document);

        // Then
        assertThat(read).isEqualTo(LARGE);
        List<ProxiedRequest> requests = proxy.requests();
        assertThat(requests.getFirst().headers().first("Range")).isEmpty();
        assertThat(requests.stream().skip(1))
                .extracting(request -> request.headers().first("Range").orElse(""))
                .containsExactlyInAnyOrderElementsOf(ranges());
        assertThat(requests.stream().skip(1))
                .extracting(request -> request.headers().first("If-Match").orElse(""))
                .containsOnly('"' + document.stat().revision().etag() + '"');
    }

    private static List<String> ranges() {
        List<String> ranges = new ArrayList<>();
        for (int from = RANGE; from < LARGE.length; from += RANGE) {
            ranges.add("bytes=" + from + "-" + (Math.min(from + RANGE, LARGE.length) - 1));
        }
        return ranges;
    }

    @Test
    void tellHowManyRequestsTheyTookSoFar() {
        // Given
        plant(KEY, LARGE);
        OpenDocument document = await(store.read(ReadRequest.latest(KEY, MIB)));
        assertThat(document.requests().getAsInt()).isEqualTo(1);

        // When
        byte[] read = bytesOf(document);

        // Then
        assertThat(read).isEqualTo(LARGE);
        assertThat(document.requests().getAsInt())
                .isEqualTo(1 + ranges().size())
                .isEqualTo(proxy.requests().size());
    }

    @Test
    void countTheRequestForTheirMetadataToo() {
        // Given
        reopen(ranged().with("metadata_store", "s3-tags"));
        plant(KEY, LARGE);

        // When
        OpenDocument document = await(store.read(ReadRequest.latest(KEY, MIB)));
        int opening = document.requests().getAsInt();
        int length = bytesOf(document).length;

        // Then
        assertThat(opening).isEqualTo(2);
        assertThat(length).isEqualTo(LARGE.length);
        assertThat(document.requests().getAsInt()).isEqualTo(proxy.requests().size());
    }

    @Test
    void documentsUpToTheThresholdTakeOneRequest() {
        // Given
        byte[] bytes = new byte[5 * MIB];
        plant(KEY, bytes);

        // Then
        assertThat(bytesOf(await(store.read(ReadRequest.latest(KEY, MIB))))).isEqualTo(bytes);
        assertThat(proxy.requests()).hasSize(1);
    }

    @Test
    void andSoDoAllWhereOneIsWanted() {
        // Given
        reopen(ranged().with("download_concurrency", "1"));
        plant(KEY, LARGE);

        // Then
        assertThat(bytesOf(await(store.read(ReadRequest.latest(KEY, MIB))))).isEqualTo(LARGE);
        assertThat(proxy.requests()).hasSize(1);
    }

    @Test
    void asManyAtOnceAsAreWanted() {
        // Given
        reopen(ranged().with("download_concurrency", "3"));
        plant(KEY, LARGE);
        Gate gate = new Gate();
        proxy.on(RANGES, gate);

        // When
        AssertSubscriber<ByteBuffer> reader = reading(Long.MAX_VALUE);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(gate.waiting()).isEqualTo(3));
        gate.open();

        // Then
        reader.awaitCompletion(Duration.ofSeconds(30));
        assertThat(joined(reader.getItems())).isEqualTo(LARGE);
        assertThat(gate.most()).isEqualTo(3);
    }

    /** Nothing is read from the store before it is asked for, but for what is on its way already. */
    @Test
    void aReaderThatTakesNothingStopsThemAll() {
        // Given
        reopen(ranged().with("download_concurrency", "2"));
        plant(KEY, LARGE);
        AssertSubscriber<ByteBuffer> reader = reading(0);
        while (joined(reader.getItems()).length < RANGE) {
            reader.awaitNextItem(Duration.ofSeconds(30));
        }
        assertThat(proxy.count(RANGES)).isZero();

        // When
        reader.awaitNextItem(Duration.ofSeconds(30));

        // Then
        assertThat(joined(reader.getItems())).hasSize(2 * RANGE);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(proxy.count(RANGES)).isEqualTo(2));
        reader.awaitNextItem(Duration.ofSeconds(30));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(proxy.count(RANGES)).isEqualTo(3));
        reader.cancel();
    }

    @Test
    void cancellingLeavesNoRequestOpen() {
        // Given
        plant(KEY, LARGE);
        Gate gate = new Gate();
        proxy.on(RANGES, gate);
        AssertSubscriber<ByteBuffer> reader = reading(Long.MAX_VALUE);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(gate.waiting()).isEqualTo(4));

        // When
        reader.cancel();
        gate.open();

        // Then
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(proxy.connections()).isZero());
        assertThat(proxy.count(RANGES)).isEqualTo(4);
    }

    @Test
    void aRangeThatFailsOnceIsReadAgain() {
        // Given
        reopen(ranged().with("retry_max_attempts", "3"));
        plant(KEY, LARGE);
        proxy.on(RANGES.nth(2), Faults.error(503, "SlowDown"));
        proxy.on(RANGES.nth(4), Faults.truncate(1000, Framing.KEEPS_LENGTH));

        // Then
        assertThat(bytesOf(await(store.read(ReadRequest.latest(KEY, MIB))))).isEqualTo(LARGE);
        assertThat(proxy.count(RANGES)).isEqualTo(6 + 2);
    }

    record Wrong(String what, Fault fault, ErrorKind kind) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Wrong> rangesThatAreWrong() {
        return Stream.of(
                new Wrong("busy", Faults.error(503, "SlowDown"), ErrorKind.RATE_LIMITED),
                new Wrong("gone", Faults.error(404, "NoSuchKey"), ErrorKind.CHANGED),
                new Wrong("shrunk", Faults.error(416, "InvalidRange"), ErrorKind.CHANGED),
                new Wrong("short", Faults.truncate(1000, Framing.SHORTER_LENGTH), ErrorKind.CONTENT_TRUNCATED),
                new Wrong("cut", Faults.truncate(1000, Framing.KEEPS_LENGTH), ErrorKind.UNAVAILABLE),
                new Wrong("another range", contentRange("bytes \\d+-", "bytes 0-"), ErrorKind.CONTENT_TRUNCATED),
                new Wrong("another total", contentRange("/\\d+", "/99999999"), ErrorKind.CONTENT_TRUNCATED),
                new Wrong(
                        "no range", Faults.headers(headers -> headers.without("Content-Range")), ErrorKind.UNSUPPORTED),
                new Wrong(
                        "another revision",
                        Faults.headers(headers -> headers.with("ETag", "\"another\"")),
                        ErrorKind.CHANGED));
    }

    private static Fault contentRange(String what, String instead) {
        return Faults.headers(headers -> headers.with(
                "Content-Range", headers.first("Content-Range").orElseThrow().replaceAll(what, instead)));
    }

    @ParameterizedTest
    @MethodSource("rangesThatAreWrong")
    void aRangeThatIsWrongFailsTheDocument(Wrong wrong) {
        plant(KEY, LARGE);
        proxy.on(RANGES.nth(2), wrong.fault());
        assertThat(streamFailure(await(store.read(ReadRequest.latest(KEY, MIB))))
                        .kind())
                .isEqualTo(wrong.kind());
    }

    @Test
    void aRangeThatStopsIsATimeout() {
        plant(KEY, LARGE);
        reopen(ranged().with("request_timeout_seconds", "1").with("connection_timeout_seconds", "5"));
        // A busy machine may be silent before the first range is.
        proxy.on(RANGES, Faults.stall(1000)).orNever();
        assertThat(failureOf(store.read(ReadRequest.latest(KEY, MIB))
                                .chain(document -> ((DocumentContent.Streamed) document.content())
                                        .bytes()
                                        .collect()
                                        .asList()))
                        .kind())
                .isEqualTo(ErrorKind.TIMEOUT);
    }

    /** A server that does not know ranges sends everything, which must not be collected. */
    @Test
    void aServerWithoutRangesIsToldApart() {
        plant(KEY, LARGE);
        OpenDocument document = await(store.read(ReadRequest.latest(KEY, MIB)));
        proxy.on(
                RANGES,
                Faults.answer(
                        () -> new ProxiedReply(200, "OK", ProxiedReply.of(200).headers(), Faults.filler(1L << 40, 'x'))
                                .with("ETag", '"' + document.stat().revision().etag() + '"')
                                .with("Last-Modified", "Fri, 27 Nov 2026 12:00:00 GMT")
                                .with("Content-Length", Long.toString(1L << 40))));
        assertThat(streamFailure(document))
                .hasMessageContaining("download_concurrency")
                .extracting("kind")
                .isEqualTo(ErrorKind.UNSUPPORTED);
    }

    @Test
    void aDocumentThatIsReplacedMeanwhileIsAChange() {
        plant(KEY, LARGE);
        OpenDocument document = await(store.read(ReadRequest.latest(KEY, MIB)));
        byte[] other = LARGE.clone();
        other[other.length - 1]++;
        plant(KEY, other);
        assertThat(streamFailure(document).kind()).isEqualTo(ErrorKind.CHANGED);
    }

    /** Each range names the version that was opened, so where versions are kept nothing can come between. */
    @Test
    void aVersionIsReadToItsEndWhateverReplacesIt() {
        // Given
        String bucket = "versions";
        server.createBucket(bucket);
        bystander
                .putBucketVersioning(put ->
                        put.bucket(bucket).versioningConfiguration(with -> with.status(BucketVersioningStatus.ENABLED)))
                .join();
        reopen(ranged().with("bucket", bucket));
        plantIn(bucket, LARGE);
        OpenDocument document = await(store.read(ReadRequest.latest(KEY, MIB)));
        assertThat(document.stat().revision().version()).isPresent();

        // When
        plantIn(bucket, BYTES);

        // Then
        assertThat(bytesOf(document)).isEqualTo(LARGE);
    }

    private static void plantIn(String bucket, byte[] bytes) {
        bystander
                .putObject(put -> put.bucket(bucket).key(KEY.value()), AsyncRequestBody.fromBytes(bytes))
                .join();
    }

    @Test
    void aDocumentThatShrinksMeanwhileIsAChange() {
        plant(KEY, LARGE);
        OpenDocument document = await(store.read(ReadRequest.latest(KEY, MIB)));
        plant(KEY, BYTES);
        assertThat(streamFailure(document).kind()).isEqualTo(ErrorKind.CHANGED);
    }

    @Test
    void aDocumentThatVanishesMeanwhileIsAChange() {
        plant(KEY, LARGE);
        OpenDocument document = await(store.read(ReadRequest.latest(KEY, MIB)));
        bystander
                .deleteObject(delete -> delete.bucket(server.bucket()).key(KEY.value()))
                .join();
        assertThat(streamFailure(document).kind()).isEqualTo(ErrorKind.CHANGED);
    }

    /** The SDK compares the checksum of a body that comes in one piece; nobody but us does it for one that comes in several. */
    @Test
    void bytesThatDoNotFitTheStoresChecksumAreDamaged() {
        // Given
        reopen(ranged().measured(new Measured(Set.of(Feature.WRITE, Feature.CHECKSUMS))));
        await(store.write(new WriteRequest(
                KEY,
                new DocumentContent.Whole(ByteBuffer.wrap(LARGE)),
                Optional.empty(),
                DocumentMetadata.NONE,
                Optional.empty(),
                Precondition.none())));
        assertThat(bytesOf(await(store.read(ReadRequest.latest(KEY, MIB))))).isEqualTo(LARGE);

        // When
        proxy.on(RANGES.nth(2), Faults.flipInReply(3));

        // Then
        assertThat(streamFailure(await(store.read(ReadRequest.latest(KEY, MIB))))
                        .kind())
                .isEqualTo(ErrorKind.CONTENT_MISMATCH);
    }

    private AssertSubscriber<ByteBuffer> reading(long demand) {
        OpenDocument document = await(store.read(ReadRequest.latest(KEY, MIB)));
        return ((DocumentContent.Streamed) document.content())
                .bytes()
                .subscribe()
                .withSubscriber(AssertSubscriber.create(demand));
    }

    private static byte[] bytesOf(OpenDocument document) {
        return joined(await(((DocumentContent.Streamed) document.content())
                .bytes()
                .collect()
                .asList()));
    }

    private static byte[] joined(List<ByteBuffer> pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuffer piece : List.copyOf(pieces)) {
            byte[] bytes = new byte[piece.remaining()];
            piece.duplicate().get(bytes);
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }
}
