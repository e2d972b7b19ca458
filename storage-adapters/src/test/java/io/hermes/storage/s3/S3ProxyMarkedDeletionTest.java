package io.hermes.storage.s3;

import io.hermes.storage.testing.S3Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** S3Proxy puts a marker on top of a marker, as Amazon does. */
class S3ProxyMarkedDeletionTest extends AbstractMarkedDeletion {

    private S3Server server;

    @Override
    @BeforeAll
    void start() {
        server = S3Server.start(S3Server.Backend.TRANSIENT_NIO2, "documents");
        try (S3AsyncClient client = server.client()) {
            client.putBucketVersioning(put -> put.bucket(server.bucket())
                            .versioningConfiguration(with -> with.status(BucketVersioningStatus.ENABLED)))
                    .join();
        }
        super.start();
    }

    @Override
    @AfterAll
    void stop() {
        super.stop();
        server.close();
    }

    /**
     * S3Proxy lists the versions of a document while another request moves its current one among the former ones, and then tells a
     * version ID that there never was. The deleters' requests alternate all the same.
     */
    @Override
    boolean inTurn() {
        return true;
    }

    @Override
    S3StoreSettings settings() {
        return S3StoreSettings.on(server);
    }

    @Override
    S3AsyncClient bystander() {
        return server.client();
    }

    @Override
    String bucket() {
        return server.bucket();
    }
}
