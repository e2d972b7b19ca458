package io.hermes.storage.s3;

import io.hermes.storage.testing.S3Server;

class S3ProxyFilesystemContractTest extends AbstractS3Contract.OnS3Proxy {

    S3ProxyFilesystemContractTest() {
        super(S3Server.Backend.FILESYSTEM_NIO2);
    }
}
