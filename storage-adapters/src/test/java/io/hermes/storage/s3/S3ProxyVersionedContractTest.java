package io.hermes.storage.s3;

import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.failureOf;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.request;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.ErrorKind;
import io.hermes.storage.Precondition;
import io.hermes.storage.StorageException;
import io.hermes.storage.testing.S3Server;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** A bucket that keeps versions, in every build. */
class S3ProxyVersionedContractTest extends AbstractS3Contract.OnS3Proxy {

    S3ProxyVersionedContractTest() {
        super(S3Server.Backend.TRANSIENT_NIO2);
    }

    @Override
    S3AsyncClient bystander() {
        S3AsyncClient client = super.bystander();
        client.putBucketVersioning(put -> put.bucket(bucket())
                        .versioningConfiguration(with -> with.status(BucketVersioningStatus.ENABLED)))
                .join();
        return client;
    }

    /** With versions, the old one is moved away before the new one comes. */
    @Override
    public Set<ErrorKind> metWhileReplaced() {
        return Set.of(ErrorKind.CHANGED, ErrorKind.CONTENT_MISMATCH, ErrorKind.NOT_FOUND);
    }

    /** Behind this backend is a file system: where {@code a} is a file, {@code a/b} cannot be. */
    @Override
    @Test
    public void aDocumentBelowIsNoRevision() {
        put(store(), "a", bytes(1));
        assertThat(failureOf(store().write(request("a/b", whole(bytes(2)), Precondition.none()))))
                .hasMessageContaining("HTTP 500")
                .extracting(StorageException::kind)
                .isEqualTo(ErrorKind.UNAVAILABLE);
    }
}
