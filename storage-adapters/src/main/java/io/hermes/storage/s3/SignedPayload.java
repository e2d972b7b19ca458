package io.hermes.storage.s3;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.scheme.AuthSchemeOption;
import software.amazon.awssdk.services.s3.auth.scheme.S3AuthSchemeParams;
import software.amazon.awssdk.services.s3.auth.scheme.S3AuthSchemeProvider;

/**
 * Makes the SDK sign the SHA-256 of what it sends, over http and https alike, so that a server that checks signatures must refuse
 * other bytes. Left alone, the SDK sends {@code UNSIGNED-PAYLOAD} over TLS and, with chunked encoding, even without it.
 */
final class SignedPayload implements S3AuthSchemeProvider {

    private final S3AuthSchemeProvider choice = S3AuthSchemeProvider.defaultProvider();
    private final Map<Asked, List<AuthSchemeOption>> known = new ConcurrentHashMap<>();

    /** All on which the choice of one client's requests depends; the key of an object is no part of it. */
    private record Asked(String operation, String bucket) {}

    @Override
    public List<AuthSchemeOption> resolveAuthScheme(S3AuthSchemeParams parameters) {
        return parameters.bucket() == null
                ? choose(parameters)
                : known.computeIfAbsent(
                        new Asked(parameters.operation(), parameters.bucket()), first -> choose(parameters));
    }

    /** Evaluates all of the SDK's rules about endpoints, which takes longer than to sign. */
    private List<AuthSchemeOption> choose(S3AuthSchemeParams parameters) {
        return choice.resolveAuthScheme(parameters).stream()
                .map(SignedPayload::signed)
                .toList();
    }

    private static AuthSchemeOption signed(AuthSchemeOption option) {
        return option.toBuilder()
                .putSignerProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, true)
                .putSignerProperty(AwsV4HttpSigner.CHUNK_ENCODING_ENABLED, false)
                .build();
    }
}
