package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.ProxiedReply;
import io.hermes.storage.testing.Requests;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Documents that are read, on the wire and as they come in, compared with what the SDK makes of the same. */
class DirectGetTest extends DirectOnTheWire {

    private static final Requests GET = Requests.of("GET");

    /** Makes no difference but that the SDK has to do it. */
    private static final Consumer<GetObjectRequest.Builder> BY_SDK = get -> get.overrideConfiguration(with -> {});

    @ParameterizedTest
    @MethodSource("keys")
    void theSameGoesOutAsFromTheSdk(String key) {
        Consumer<GetObjectRequest.Builder> get = with -> with.key(key);
        assertThat(sent(get)).isEqualTo(sent(get.andThen(BY_SDK)));
    }

    @Test
    void soDoItsHeaders() {
        Consumer<GetObjectRequest.Builder> get =
                with -> with.key("k").ifMatch(S3Bucket.NO_ETAG).range("bytes=2-5");
        assertThat(sent(get)).isEqualTo(sent(get.andThen(BY_SDK)));
        Consumer<GetObjectRequest.Builder> checked = with -> with.key("k").checksumMode("ENABLED");
        assertThat(sent(checked)).isEqualTo(sent(checked.andThen(BY_SDK)));
    }

    @Test
    void itSaysWhoAsks() {
        attempt(get -> get.key("k"));
        assertThat(proxy.requests().getLast().headers().first("User-Agent")).contains("hermes");
    }

    @Test
    void theSdkSendsWhatIsMoreThanHeaders() {
        attempt(get -> get.key("plain"));
        attempt(get -> get.key("checked").checksumMode("ENABLED"));
        attempt(get -> get.key("checked part").checksumMode("ENABLED").range("bytes=2-5"));
        attempt(get -> get.key("version").versionId("1"));
        attempt(get -> get.key("time").ifModifiedSince(Instant.EPOCH));
        attempt(get -> get.key("configured").overrideConfiguration(with -> {}));
        assertThat(direct()).containsExactly(true, true, false, false, false, false);
    }

    @Test
    void theSameComesInAsThroughTheSdk() {
        bystander
                .putObject(
                        put -> put.bucket(server.bucket())
                                .key("k")
                                .contentType("text/markdown; charset=UTF-8")
                                .metadata(Map.of("hermes-a", "two  spaces", "b", "x=y&z")),
                        AsyncRequestBody.fromBytes(BYTES))
                .join();
        assertRead(get -> get.key("k"));
        assertRead(get -> get.key("k").range("bytes=2-5"));
    }

    @Test
    void soDoHeadersThatOnlySomeServersSend() {
        proxy.on(
                GET,
                Faults.answer(() -> ProxiedReply.of(200)
                        .with("ETag", "\"e\"")
                        .with("Last-Modified", "Sun, 29 Nov 2026 09:00:00 GMT")
                        .with("x-amz-version-id", "v 1")
                        .with("X-Amz-Meta-Upper", "U")
                        .with("x-amz-checksum-sha256", "s256")
                        .with("x-amz-checksum-sha1", "s1")
                        .with("x-amz-checksum-crc32", "c")
                        .with("x-amz-checksum-crc32c", "cc")
                        .with("x-amz-checksum-crc64nvme", "c64")
                        .with("x-amz-checksum-type", "COMPOSITE")
                        .text("hello")));
        assertRead(get -> get.key("k"));
    }

    /** Of those that the store tells, whatever its kind. */
    @ParameterizedTest
    @CsvSource({"x-amz-checksum-sha256, LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=", "x-amz-checksum-crc32, NhCmhg=="
    })
    void aBodyIsComparedWithTheStoresChecksum(String header, String ofHello) {
        proxy.on(
                GET.first(1),
                Faults.answer(() -> ProxiedReply.of(200).with(header, ofHello).text("hello")));
        proxy.on(
                GET.nth(2),
                Faults.answer(() -> ProxiedReply.of(200).with(header, ofHello).text("hallo")));
        Consumer<GetObjectRequest.Builder> checked = get -> get.key("k").checksumMode("ENABLED");
        assertThat(get(checked).join().asUtf8String()).isEqualTo("hello");
        assertThat(S3Errors.of("read", "k", failureOf(get(checked))).kind()).isEqualTo(ErrorKind.CONTENT_MISMATCH);
        assertThat(direct()).containsExactly(true, true);
    }

    @Test
    void aRefusalIsReadAsTheSdkReadsIt() {
        S3Exception ours = (S3Exception) failureOf(get(with -> with.key("none")));
        S3Exception theirs = (S3Exception) failureOf(get(BY_SDK.andThen(with -> with.key("none"))));
        assertThat(ours.statusCode()).isEqualTo(404).isEqualTo(theirs.statusCode());
        assertThat(ours.awsErrorDetails().errorMessage())
                .isEqualTo(theirs.awsErrorDetails().errorMessage());
        assertThat(ours.awsErrorDetails().errorCode())
                .isEqualTo("NoSuchKey")
                .isEqualTo(theirs.awsErrorDetails().errorCode());
    }

    /** None is handed to a receiver, and the connection is not kept for others. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length", "Last-Modified"})
    void headersThatCannotBeReadAreAFailure(String name) {
        plant(new DocumentKey("k"), BYTES);
        proxy.on(GET, Faults.headers(headers -> headers.with(name, "often")));
        assertThat(failureOf(get(with -> with.key("k")))).isNotNull();
    }

    /** As a time-out may: the head is there, the body waits, and nobody has been told yet. */
    @Test
    void whoeverGivesUpBehindTheHeadEndsTheBody() throws InterruptedException {
        plant(new DocumentKey("k"), new byte[16 * MIB]);
        BlockingQueue<Runnable> untold = new LinkedBlockingQueue<>();
        try (ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor()) {
            DirectRequests client = new DirectRequests(
                    lease.s3(),
                    S3Settings.read(settings().build()).config(),
                    lease.http(),
                    lease.credentials(),
                    new Attempts(AwsRetryStrategy.doNotRetry(), timers),
                    untold::add);
            CompletableFuture<ContentReceiver.Received> waiting = client.getObject(
                    GetObjectRequest.builder().bucket(server.bucket()).key("k").build(), new ContentReceiver("k", 0));
            Runnable telling = untold.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            waiting.cancel(false);
            telling.run();
        }
        Awaitility.await()
                .atMost(PATIENCE.dividedBy(4))
                .untilAsserted(() -> assertThat(proxy.connections()).isZero());
    }

    private void assertRead(Consumer<GetObjectRequest.Builder> what) {
        ResponseBytes<GetObjectResponse> ours = get(what).join();
        ResponseBytes<GetObjectResponse> theirs = get(what.andThen(BY_SDK)).join();
        assertThat(direct().subList(direct().size() - 2, direct().size())).containsExactly(true, false);
        assertThat(ours.asByteArray()).isEqualTo(theirs.asByteArray());
        assertThat(described(ours.response())).isEqualTo(described(theirs.response()));
    }

    /** What a store reads of a response. */
    private static List<Object> described(GetObjectResponse response) {
        return Arrays.asList(
                response.contentLength(),
                response.contentRange(),
                response.contentType(),
                response.eTag(),
                response.versionId(),
                response.lastModified(),
                response.metadata(),
                response.checksumCRC32(),
                response.checksumCRC32C(),
                response.checksumCRC64NVME(),
                response.checksumSHA1(),
                response.checksumSHA256(),
                response.checksumType());
    }

    private Map<String, List<String>> sent(Consumer<GetObjectRequest.Builder> what) {
        attempt(what);
        return latest();
    }

    /** Whatever the server makes of it. */
    private void attempt(Consumer<GetObjectRequest.Builder> what) {
        get(what).handle((told, failure) -> told).join();
    }

    private CompletableFuture<ResponseBytes<GetObjectResponse>> get(Consumer<GetObjectRequest.Builder> what) {
        GetObjectRequest.Builder get = GetObjectRequest.builder().bucket(server.bucket());
        what.accept(get);
        return lease.s3().getObject(get.build(), AsyncResponseTransformer.toBytes());
    }
}
