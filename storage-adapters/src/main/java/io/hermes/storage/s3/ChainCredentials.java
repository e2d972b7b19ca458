package io.hermes.storage.s3;

import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;

/** The SDK's default chain, asked away from event loops because it may go to a metadata server and wait. */
final class ChainCredentials implements AwsCredentialsProvider {

    private final AwsCredentialsProvider chain =
            DefaultCredentialsProvider.builder().build();
    private final Executor executor;

    ChainCredentials(Executor executor) {
        this.executor = executor;
    }

    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return chain.resolveCredentials();
        } catch (SdkClientException none) {
            throw new StorageException(
                    ErrorKind.UNAUTHENTICATED,
                    "credentials",
                    "default chain",
                    "the provider has no keys and the environment offers none",
                    none);
        }
    }

    @Override
    public CompletableFuture<AwsCredentialsIdentity> resolveIdentity(ResolveIdentityRequest request) {
        return CompletableFuture.supplyAsync(this::resolveCredentials, executor);
    }
}
