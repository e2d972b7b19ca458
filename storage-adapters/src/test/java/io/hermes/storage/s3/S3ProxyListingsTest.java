package io.hermes.storage.s3;

import io.hermes.storage.testing.S3Server;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** On a gateway over a file system. It sorts names by their units. */
class S3ProxyListingsTest extends AbstractListings {

    private S3Server server;

    @Override
    @BeforeAll
    void plant() {
        server = S3Server.start("documents");
        super.plant();
    }

    @Override
    @AfterAll
    void close() {
        super.close();
        server.close();
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

    @Override
    List<String> moreNames() {
        return List.of();
    }
}
