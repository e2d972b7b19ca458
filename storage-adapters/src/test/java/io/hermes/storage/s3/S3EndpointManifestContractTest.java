package io.hermes.storage.s3;

/** The contract on the server of {@link S3EndpointContractTest}, with every document's metadata in a manifest. */
class S3EndpointManifestContractTest extends S3EndpointContractTest {

    @Override
    S3StoreSettings settings() {
        return super.settings().with("metadata_store", "manifest");
    }
}
