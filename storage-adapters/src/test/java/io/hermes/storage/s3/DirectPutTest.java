package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.ContentHash;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.ProxiedReply;
import io.hermes.storage.testing.Requests;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/** Small documents on the wire, compared with what the SDK would have sent. The store's own tests see what becomes of them. */
class DirectPutTest extends DirectOnTheWire {

    private static final Requests PUT = Requests.of("PUT");

    private static final ContentHash HASH = ContentHash.of(ByteBuffer.wrap(BYTES));

    @ParameterizedTest
    @MethodSource("keys")
    void theSameGoesOutAsFromTheSdk(String key) {
        assertThat(sent(put -> put.key(key), hashed())).isEqualTo(sent(put -> put.key(key), bySdk()));
    }

    @Test
    void soDoItsHeaders() {
        Consumer<PutObjectRequest.Builder> all = put -> put.key("k")
                .contentLength((long) BYTES.length)
                .contentType("text/markdown; charset=UTF-8")
                .metadata(Map.of("hermes-a", "two  spaces", "B", "x=y&z"))
                .tagging(Tagging.builder()
                        .tagSet(Tag.builder().key("a b").value("c/ü&").build())
                        .build())
                .ifNoneMatch("*")
                .checksumSHA256(ServerChecksum.of(HASH));
        assertThat(sent(all, hashed())).isEqualTo(sent(all, bySdk()));
    }

    @Test
    void soDoesWhatIsToBeReplaced() {
        Consumer<PutObjectRequest.Builder> replacing = put -> put.key("k").ifMatch(S3Bucket.NO_ETAG);
        assertThat(sent(replacing, hashed())).isEqualTo(sent(replacing, bySdk()));
    }

    @Test
    void theSdkSendsWhatIsMoreThanHeadersOrNotSmall() {
        attempt(put -> put.key("plain"), hashed());
        attempt(put -> put.key("time").expires(Instant.EPOCH), hashed());
        attempt(put -> put.key("crc").checksumAlgorithm("CRC32"), hashed());
        attempt(
                put -> put.key("large"),
                HashedBody.of(ByteBuffer.allocate(MIB + 1), ContentHash.of(ByteBuffer.allocate(MIB + 1))));
        attempt(put -> put.key("unknown hash"), bySdk());
        attempt(put -> put.key("configured").overrideConfiguration(with -> {}), hashed());
        assertThat(direct()).containsExactly(true, false, false, false, false, false);
    }

    @Test
    void anAnswerHoldsWhatNamesTheNewState() {
        PutObjectResponse answer = put(lease, put -> put.key("k"), hashed()).join();
        PutObjectResponse asTheSdkReadsIt =
                put(lease, put -> put.key("k"), bySdk()).join();
        assertThat(answer.eTag()).isNotEmpty().isEqualTo(asTheSdkReadsIt.eTag());
        assertThat(answer.versionId()).isEqualTo(asTheSdkReadsIt.versionId());
    }

    @Test
    void aRefusalIsReadAsTheSdkReadsIt() {
        proxy.on(
                PUT,
                Faults.answer(
                        () -> ProxiedReply.of(403)
                                .with("x-amz-request-id", "R1")
                                .with("Retry-After", "7")
                                .text(
                                        "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>no &amp; no</Message></Error>")));
        S3Exception ours = refusal(hashed());
        S3Exception theirs = refusal(bySdk());
        assertThat(ours.getMessage()).isEqualTo(theirs.getMessage());
        assertThat(ours.statusCode()).isEqualTo(theirs.statusCode());
        assertThat(ours.requestId()).isEqualTo(theirs.requestId());
        assertThat(ours.numAttempts()).isEqualTo(theirs.numAttempts());
        assertThat(ours.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
        assertThat(S3Errors.retryAfter(ours.awsErrorDetails().sdkHttpResponse()))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "<Error/>",
                "no XML",
                "<!DOCTYPE a [<!ENTITY b 'c'>]><Error><Code>&b;</Code></Error>"
            })
    void aRefusalWithoutAnyWordsOfS3sHasItsStatus(String body) {
        proxy.on(PUT, Faults.answer(() -> ProxiedReply.of(403).text(body)));
        S3Exception refusal = refusal(hashed());
        assertThat(refusal.statusCode()).isEqualTo(403);
        assertThat(refusal.awsErrorDetails().errorCode()).isNull();
    }

    /** The server's own time is what the next attempt is signed with. */
    @Test
    void aClockThatIsWrongIsCorrected() {
        Instant theirs = Instant.now().plus(3, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(theirs.atOffset(ZoneOffset.UTC));
        proxy.on(
                PUT.first(1),
                Faults.answer(() -> ProxiedReply.of(403)
                        .with("Date", date)
                        .text("<Error><Code>RequestTimeTooSkewed</Code></Error>")));
        S3Clients.Lease patient = lease(settings().with("retry_max_attempts", "2"));
        try {
            put(patient, put -> put.key("k"), hashed())
                    .handle((told, refused) -> told)
                    .join();
        } finally {
            patient.release().run();
        }
        assertThat(proxy.requests()).hasSize(2);
        Instant signed = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssX")
                .parse(proxy.requests().getLast().headers().first("X-Amz-Date").orElseThrow(), Instant::from);
        assertThat(signed).isBetween(theirs.minusSeconds(60), theirs.plusSeconds(PATIENCE.toSeconds()));
    }

    @Test
    void whoeverGivesUpEndsTheRequest() {
        proxy.on(PUT, Faults.silence());
        CompletableFuture<PutObjectResponse> waiting = put(lease, put -> put.key("k"), hashed());
        Awaitility.await().untilAsserted(() -> assertThat(proxy.count(PUT)).isEqualTo(1));
        waiting.cancel(false);
        Awaitility.await()
                .atMost(PATIENCE.dividedBy(4))
                .untilAsserted(() -> assertThat(proxy.connections()).isZero());
    }

    /** Whether a document is refused or not, its connection serves others; the very next may begin before it is given back. */
    @Test
    void aRefusalCostsNoConnection() {
        for (int time = 0; time < 20; time++) {
            refusal(put -> put.key("k").ifMatch(S3Bucket.NO_ETAG), hashed());
        }
        assertThat(proxy.accepted()).isLessThan(5);
    }

    private static HashedBody hashed() {
        return HashedBody.of(ByteBuffer.wrap(BYTES), HASH);
    }

    private static AsyncRequestBody bySdk() {
        return AsyncRequestBody.fromBytes(BYTES);
    }

    private S3Exception refusal(AsyncRequestBody body) {
        return refusal(put -> put.key("k"), body);
    }

    private S3Exception refusal(Consumer<PutObjectRequest.Builder> what, AsyncRequestBody body) {
        return (S3Exception) failureOf(put(lease, what, body));
    }

    private Map<String, List<String>> sent(Consumer<PutObjectRequest.Builder> what, AsyncRequestBody body) {
        attempt(what, body);
        return latest();
    }

    /** Whatever the server makes of it. */
    private void attempt(Consumer<PutObjectRequest.Builder> what, AsyncRequestBody body) {
        put(lease, what, body).handle((told, failure) -> told).join();
    }

    private CompletableFuture<PutObjectResponse> put(
            S3Clients.Lease by, Consumer<PutObjectRequest.Builder> what, AsyncRequestBody body) {
        PutObjectRequest.Builder put = PutObjectRequest.builder().bucket(server.bucket());
        what.accept(put);
        return by.s3().putObject(put.build(), body);
    }
}
