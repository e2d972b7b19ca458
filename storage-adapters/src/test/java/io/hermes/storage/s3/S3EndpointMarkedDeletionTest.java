package io.hermes.storage.s3;

import static org.junit.jupiter.api.Assumptions.abort;

import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** On the server that {@link S3EndpointContractTest} names. Ceph puts no marker on top of a marker. */
class S3EndpointMarkedDeletionTest extends AbstractMarkedDeletion {

    private final String bucket = "hermes-test-" + UUID.randomUUID();
    private S3Endpoint endpoint;

    @Override
    @BeforeAll
    void start() {
        S3Endpoint found = S3Endpoint.named(System.getenv())
                .orElseGet(() -> abort("HERMES_TEST_S3_ENDPOINT names no S3 server to delete on"));
        // Without object lock, which forbids to suspend versioning.
        found.createBucket(bucket);
        try (S3AsyncClient client = found.client()) {
            client.putBucketVersioning(put -> put.bucket(bucket)
                            .versioningConfiguration(with -> with.status(BucketVersioningStatus.ENABLED)))
                    .join();
        }
        endpoint = found;
        super.start();
    }

    @Override
    @AfterAll
    void stop() {
        if (endpoint != null) {
            super.stop();
            endpoint.removeBucket(bucket);
        }
    }

    @Override
    S3StoreSettings settings() {
        return endpoint.settings(bucket);
    }

    @Override
    S3AsyncClient bystander() {
        return endpoint.client();
    }

    @Override
    String bucket() {
        return bucket;
    }
}
