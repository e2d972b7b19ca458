package io.hermes.registry;

import io.hermes.storage.testing.S3Server;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A real S3 server with one bucket; its coordinates are settings named {@code test.s3.*}. */
public final class S3Bucket implements QuarkusTestResourceLifecycleManager {

    private S3Server server;

    @Override
    public Map<String, String> start() {
        server = S3Server.start("registry-test");
        return Map.of(
                "test.s3.endpoint", server.endpoint(),
                "test.s3.region", server.region(),
                "test.s3.bucket", server.bucket(),
                "test.s3.access-key", server.accessKey(),
                "test.s3.secret-key", server.secretKey(),
                "hermes.storage.network.allowed-schemes", "http,https",
                "hermes.storage.network.allowed-networks", "127.0.0.0/8");
    }

    @Override
    public void stop() {
        if (server != null) {
            server.close();
        }
    }
}
