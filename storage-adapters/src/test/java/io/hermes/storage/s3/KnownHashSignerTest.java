package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.ContentHash;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;

class KnownHashSignerTest {

    private static final String SHA256 = "x-amz-content-sha256";
    private static final ByteBuffer CONTENT = text("some document");
    private static final AwsCredentials CREDENTIALS = AwsBasicCredentials.create("access", "secret");
    private static final SdkHttpFullRequest REQUEST = SdkHttpFullRequest.builder()
            .method(SdkHttpMethod.PUT)
            .uri(URI.create("http://localhost:9000/archive/a%20document"))
            .putHeader("Content-Length", Integer.toString(CONTENT.remaining()))
            .putHeader("If-None-Match", "*")
            .build();

    @Test
    void signsAsTheSdkWouldHaveDone() {
        // Given
        HashedBody body = HashedBody.of(CONTENT.duplicate(), ContentHash.of(CONTENT));

        // When
        AsyncSignedRequest signed = signed(body);

        // Then
        AsyncSignedRequest read = signed(AsyncRequestBody.fromRemainingByteBuffer(CONTENT.duplicate()));
        assertThat(signed.request().headers()).isEqualTo(read.request().headers());
        assertThat(signed.request().firstMatchingHeader(SHA256))
                .contains(ContentHash.of(CONTENT).hex());
        assertThat(signed.payload()).containsSame(body);
    }

    @Test
    void takesTheCallersWordForTheHash() {
        // Given
        ContentHash another = ContentHash.of(text("another document"));

        // When
        AsyncSignedRequest signed = signed(HashedBody.of(CONTENT.duplicate(), another));

        // Then
        assertThat(signed.request().firstMatchingHeader(SHA256)).contains(another.hex());
    }

    /** Names and values as documents have them, and the token of a role's credentials. */
    @Test
    void signsWhateverStandsInTheHeaders() {
        SdkHttpFullRequest request = REQUEST.toBuilder()
                .encodedPath("/archive/%C3%A4%20%2B/b~c/%25")
                .putHeader("x-amz-meta-Hermes-Name", "  two   spaces,\tand a tab ")
                .putHeader("x-amz-meta-empty", "")
                .appendHeader("x-amz-meta-twice", "one")
                .appendHeader("x-amz-meta-twice", "two")
                .putHeader("User-Agent", "some agent")
                .putHeader("Expect", "100-continue")
                .build();
        AwsSessionCredentials role = AwsSessionCredentials.create("access", "secret", "token");

        assertThat(signed(request, role, HashedBody.of(CONTENT.duplicate(), ContentHash.of(CONTENT)))
                        .request()
                        .headers())
                .isEqualTo(signed(request, role, AsyncRequestBody.fromRemainingByteBuffer(CONTENT.duplicate()))
                        .request()
                        .headers());
    }

    @Test
    void aRequestWithAQueryIsTheSdks() {
        SdkHttpFullRequest request =
                REQUEST.toBuilder().putRawQueryParameter("partNumber", "1").build();
        ContentHash another = ContentHash.of(text("another document"));

        AsyncSignedRequest signed = signed(request, CREDENTIALS, HashedBody.of(CONTENT.duplicate(), another));

        assertThat(signed.request().firstMatchingHeader(SHA256))
                .contains(ContentHash.of(CONTENT).hex());
    }

    @Test
    void aRequestThatGetsAChecksumIsTheSdks() {
        AsyncSignRequest<AwsCredentials> request = unsigned(
                        REQUEST, CREDENTIALS, HashedBody.of(CONTENT.duplicate(), ContentHash.of(CONTENT)))
                .copy(sign -> sign.putProperty(AwsV4HttpSigner.CHECKSUM_ALGORITHM, DefaultChecksumAlgorithm.CRC32));

        AsyncSignedRequest signed = new KnownHashSigner().signAsync(request).join();

        assertThat(signed.request().firstMatchingHeader("x-amz-checksum-crc32")).isPresent();
    }

    private static AsyncSignedRequest signed(AsyncRequestBody body) {
        return signed(REQUEST, CREDENTIALS, body);
    }

    private static AsyncSignedRequest signed(
            SdkHttpFullRequest request, AwsCredentials credentials, AsyncRequestBody body) {
        return new KnownHashSigner()
                .signAsync(unsigned(request, credentials, body))
                .join();
    }

    private static AsyncSignRequest<AwsCredentials> unsigned(
            SdkHttpFullRequest request, AwsCredentials credentials, AsyncRequestBody body) {
        return AsyncSignRequest.builder(credentials)
                .request(request)
                .payload(body)
                .putProperty(
                        AwsV4HttpSigner.SIGNING_CLOCK,
                        Clock.fixed(Instant.parse("2026-11-29T00:00:00Z"), ZoneOffset.UTC))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
                .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, true)
                .putProperty(AwsV4HttpSigner.CHUNK_ENCODING_ENABLED, false)
                .build();
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
