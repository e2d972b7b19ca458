package io.hermes.storage.s3;

import io.hermes.storage.testing.S3Server;
import org.junit.jupiter.api.AfterAll;

/** Uploads whose parts carry the SDK's own checksums, as they do on Amazon. */
class S3ProxyResumeWithChecksumsTest extends AbstractResume {

    private S3Server server;

    @Override
    S3Endpoint endpoint() {
        server = S3Server.start(S3Server.Backend.TRANSIENT_NIO2, "documents");
        return new S3Endpoint(
                server.endpoint(), server.region(), server.accessKey(), server.secretKey(), "when_supported");
    }

    @AfterAll
    void end() {
        server.close();
    }
}
