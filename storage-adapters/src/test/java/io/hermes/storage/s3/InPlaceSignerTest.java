package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Multi;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** It signs as the SDK's own signer does, which is the control. */
class InPlaceSignerTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-29T00:00:00Z"), ZoneOffset.UTC);
    private static final AwsCredentialsIdentity KEYS =
            AwsCredentialsIdentity.create("somebody", "whose secret this is");

    /** What a request may say beside the usual. */
    private enum Kind {
        OVER_HTTP,
        OVER_TLS,
        WITH_A_CHECKSUM,
        WITH_A_TOKEN
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void signsWhatTheSdkSigns(Kind kind) {
        // Given
        AsyncSignRequest<AwsCredentialsIdentity> request = request(
                kind, AsyncRequestBody.fromByteBuffersUnsafe(bytes("the first half, "), bytes("and the second")));

        // When
        SdkHttpRequest signed = new InPlaceSigner().signAsync(request).join().request();

        // Then
        SdkHttpRequest expected =
                AwsV4HttpSigner.create().signAsync(request).join().request();
        assertThat(signed.headers()).isEqualTo(expected.headers());
        assertThat(signed.firstMatchingHeader("Authorization")).isPresent();
        assertThat(signed.firstMatchingHeader("x-amz-content-sha256").orElseThrow())
                .hasSize(64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "some bytes"})
    void sendsTheBodyItself(String text) {
        // Given
        Publisher<ByteBuffer> body = AsyncRequestBody.fromByteBuffersUnsafe(bytes(text));

        // When
        AsyncSignedRequest signed =
                new InPlaceSigner().signAsync(request(Kind.OVER_HTTP, body)).join();

        // Then
        assertThat(signed.payload()).containsSame(body);
    }

    @Test
    void otherBytesHaveAnotherSignature() {
        assertThat(authorization("some bytes")).isEqualTo(authorization("some bytes"));
        assertThat(authorization("some bytes")).isNotEqualTo(authorization("some bytez"));
    }

    @Test
    void signsARequestWithoutABody() {
        // Given
        AsyncSignRequest<AwsCredentialsIdentity> request = request(Kind.OVER_HTTP, null);

        // When
        AsyncSignedRequest signed = new InPlaceSigner().signAsync(request).join();

        // Then
        assertThat(signed.request().headers())
                .isEqualTo(AwsV4HttpSigner.create()
                        .signAsync(request)
                        .join()
                        .request()
                        .headers());
    }

    @Test
    void aBodyThatFailsIsNotSigned() {
        // Given
        Publisher<ByteBuffer> broken = FlowAdapters.toPublisher(
                Multi.createFrom().<ByteBuffer>failure(new IllegalStateException("it cannot be read")));

        // Then
        assertThatThrownBy(() -> new InPlaceSigner()
                        .signAsync(request(Kind.OVER_HTTP, broken))
                        .join())
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("it cannot be read");
    }

    private static String authorization(String text) {
        return new InPlaceSigner()
                .signAsync(request(Kind.OVER_HTTP, AsyncRequestBody.fromByteBuffersUnsafe(bytes(text))))
                .join()
                .request()
                .firstMatchingHeader("Authorization")
                .orElseThrow();
    }

    private static AsyncSignRequest<AwsCredentialsIdentity> request(Kind kind, Publisher<ByteBuffer> body) {
        AwsCredentialsIdentity identity =
                kind == Kind.WITH_A_TOKEN ? AwsSessionCredentials.create("somebody", "secret", "token") : KEYS;
        AsyncSignRequest.Builder<AwsCredentialsIdentity> sign = AsyncSignRequest.builder(identity)
                .request(SdkHttpRequest.builder()
                        .method(SdkHttpMethod.PUT)
                        .uri(URI.create((kind == Kind.OVER_TLS ? "https" : "http") + "://store:9000/bucket/a%20b"))
                        .putRawQueryParameter("partNumber", "7")
                        .build())
                .payload(body)
                .putProperty(HttpSigner.SIGNING_CLOCK, CLOCK)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1")
                .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, true)
                .putProperty(AwsV4HttpSigner.CHUNK_ENCODING_ENABLED, false);
        return (kind == Kind.WITH_A_CHECKSUM
                        ? sign.putProperty(AwsV4HttpSigner.CHECKSUM_ALGORITHM, DefaultChecksumAlgorithm.CRC32)
                        : sign)
                .build();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
