package io.hermes.storage.s3;

import static org.junit.jupiter.api.Assumptions.abort;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** On the server of {@link S3EndpointContractTest}. */
class S3EndpointListingsTest extends AbstractListings {

    private final String bucket = "hermes-test-" + UUID.randomUUID();
    private S3Endpoint endpoint;

    @Override
    @BeforeAll
    void plant() {
        S3Endpoint found = S3Endpoint.named(System.getenv())
                .orElseGet(() -> abort("HERMES_TEST_S3_ENDPOINT names no S3 server to run the contract on"));
        found.createBucket(bucket);
        endpoint = found;
        super.plant();
    }

    @Override
    @AfterAll
    void close() {
        super.close();
        if (endpoint != null) {
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

    @Override
    List<String> moreNames() {
        return List.of(
                "docs",
                "docs/",
                "docs/b",
                "docs//",
                "docs//a",
                "docs///b",
                "/a",
                "//b",
                "docs/./a",
                "docs/../b",
                "e/\u0001 controls",
                "e/\u0001 control/\u0002",
                "y/\udbff\udfff",
                "y/\udbff\udfff/a",
                "y/\udbff\udfffb");
    }
}
