package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.scheme.AuthSchemeOption;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.auth.scheme.S3AuthSchemeParams;

/** Over http the SDK signs a payload by itself; over TLS, where no wire can be read, this is what makes it. */
class SignedPayloadTest {

    @ParameterizedTest
    @ValueSource(strings = {"PutObject", "UploadPart"})
    void everyBodyIsSignedAndNeverInChunks(String operation) {
        // Given
        S3AuthSchemeParams parameters = S3AuthSchemeParams.builder()
                .operation(operation)
                .bucket("documents")
                .region(Region.US_EAST_1)
                .build();

        // When
        List<AuthSchemeOption> options = new SignedPayload().resolveAuthScheme(parameters);

        // Then
        assertThat(options).isNotEmpty().allSatisfy(option -> {
            assertThat(option.signerProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED))
                    .isTrue();
            assertThat(option.signerProperty(AwsV4HttpSigner.CHUNK_ENCODING_ENABLED))
                    .isFalse();
        });
    }

    @Test
    void theRulesAreEvaluatedOnceForAnOperationOnABucket() {
        // Given
        SignedPayload payload = new SignedPayload();
        List<AuthSchemeOption> first = payload.resolveAuthScheme(put("documents", "one"));

        // When
        List<AuthSchemeOption> second = payload.resolveAuthScheme(put("documents", "two"));

        // Then
        assertThat(second).isSameAs(first);
        assertThat(payload.resolveAuthScheme(put("others", "one"))).isNotSameAs(first);
    }

    private static S3AuthSchemeParams put(String bucket, String key) {
        return S3AuthSchemeParams.builder()
                .operation("PutObject")
                .bucket(bucket)
                .key(key)
                .region(Region.US_EAST_1)
                .build();
    }
}
