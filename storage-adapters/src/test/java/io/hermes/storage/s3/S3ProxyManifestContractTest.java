package io.hermes.storage.s3;

import io.hermes.storage.testing.S3Server;

/** The contract with every document's metadata in a manifest. */
class S3ProxyManifestContractTest extends AbstractS3Contract.OnS3Proxy {

    S3ProxyManifestContractTest() {
        super(S3Server.Backend.TRANSIENT_NIO2);
    }

    @Override
    S3StoreSettings settings() {
        return super.settings().with("metadata_store", "manifest");
    }
}
