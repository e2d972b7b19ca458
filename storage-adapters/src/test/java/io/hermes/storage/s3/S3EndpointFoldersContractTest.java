package io.hermes.storage.s3;

/** The contract on the server of {@link S3EndpointContractTest}, with listings that go from folder to folder. */
class S3EndpointFoldersContractTest extends S3EndpointContractTest {

    @Override
    S3StoreSettings settings() {
        return super.settings().with("listing", "folders");
    }
}
