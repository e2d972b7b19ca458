package io.hermes.storage.s3;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hermes.storage.Feature;
import org.junit.jupiter.api.BeforeAll;

/** The contract on the server of {@link S3EndpointContractTest}, if it keeps tags, with documents' identity in them. */
class S3EndpointTagsContractTest extends S3EndpointContractTest {

    @Override
    @BeforeAll
    void probe() {
        super.probe();
        assumeTrue(measured().saw(Feature.TAGS), "the server keeps no tags");
    }

    @Override
    S3StoreSettings settings() {
        return super.settings().with("metadata_store", "s3-tags");
    }
}
