package io.hermes.storage.s3;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Signs a {@link HashedBody} by the hash it brings along, everything else as {@link InPlaceSigner} does. The SDK has no way to be told: it reads every body
 * through to compute what our caller has computed already. The store compares what it receives with what was signed either way.
 */
final class KnownHashSigner implements HttpSigner<AwsCredentialsIdentity> {

    private final AwsV4HttpSigner signer = new InPlaceSigner();
    private final HeaderSignature signature = new HeaderSignature();

    @Override
    public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
        return signer.sign(request);
    }

    @Override
    public CompletableFuture<AsyncSignedRequest> signAsync(AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
        return request.payload().orElse(null) instanceof HashedBody body && isSignedOnly(request)
                ? CompletableFuture.completedFuture(AsyncSignedRequest.builder()
                        .request(signed(request, body))
                        .payload(body)
                        .build())
                : signer.signAsync(request);
    }

    /** Whether nothing but the signature is to be made: the SDK's signer computes the checksums too that a request has not got yet. */
    private static boolean isSignedOnly(AsyncSignRequest<?> request) {
        SdkHttpRequest unsigned = request.request();
        boolean complete = !request.hasProperty(AwsV4HttpSigner.CHECKSUM_ALGORITHM)
                || unsigned.firstMatchingHeader("x-amz-checksum-sha256").isPresent();
        return complete && unsigned.rawQueryParameters().isEmpty();
    }

    private SdkHttpRequest signed(AsyncSignRequest<? extends AwsCredentialsIdentity> request, HashedBody body) {
        return signature.sign(
                request.request(),
                body.hash(),
                request.identity(),
                new HeaderSignature.Scope(
                        request.requireProperty(AwsV4HttpSigner.SIGNING_CLOCK, Clock.systemUTC())
                                .instant(),
                        request.requireProperty(AwsV4HttpSigner.REGION_NAME),
                        request.requireProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME)));
    }
}
