package io.hermes.storage.s3;

import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The contract on a server that others may use too: in a bucket of its own, which is gone afterwards. */
abstract class AbstractEndpointContract extends AbstractS3Contract {

    private final String bucket = "hermes-test-" + UUID.randomUUID();
    private S3Endpoint endpoint;

    /** The server, or an assumption that fails with a reason. */
    abstract S3Endpoint find();

    /** Creates the bucket. */
    void create(S3Endpoint found, String name) {
        found.createBucket(name);
    }

    @Override
    @BeforeAll
    void probe() {
        S3Endpoint found = find();
        create(found, bucket);
        endpoint = found;
        super.probe();
    }

    @Override
    @AfterAll
    void close() {
        // Without a bucket nothing was opened.
        if (endpoint != null) {
            super.close();
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
