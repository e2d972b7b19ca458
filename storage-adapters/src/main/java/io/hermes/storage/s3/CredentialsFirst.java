package io.hermes.storage.s3;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.CredentialUtils;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.services.s3.DelegatingS3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Request;

/**
 * Has the credentials before it calls the SDK. The SDK's asynchronous clients wait for them on the caller's thread
 * ({@code AwsSignerExecutionAttribute.awsCredentialsReadMapping} in 2.41), which may be the very event loop on which they are to arrive.
 */
final class CredentialsFirst extends DelegatingS3AsyncClient {

    private final IdentityProvider<? extends AwsCredentialsIdentity> credentials;

    CredentialsFirst(S3AsyncClient client, IdentityProvider<? extends AwsCredentialsIdentity> credentials) {
        super(client);
        this.credentials = credentials;
    }

    @Override
    protected <T extends S3Request, R> CompletableFuture<R> invokeOperation(
            T request, Function<T, CompletableFuture<R>> operation) {
        return Turns.after(credentials.resolveIdentity(), identity -> operation.apply(signedWith(identity, request)));
    }

    /** The same request with credentials that need not be waited for. */
    @SuppressWarnings("unchecked")
    static <T extends AwsRequest> T signedWith(AwsCredentialsIdentity identity, T request) {
        AwsCredentialsProvider known = StaticCredentialsProvider.create(CredentialUtils.toCredentials(identity));
        AwsRequestOverrideConfiguration.Builder configuration = request.overrideConfiguration()
                .map(AwsRequestOverrideConfiguration::toBuilder)
                .orElseGet(AwsRequestOverrideConfiguration::builder);
        return (T) request.toBuilder()
                .overrideConfiguration(configuration.credentialsProvider(known).build())
                .build();
    }
}
