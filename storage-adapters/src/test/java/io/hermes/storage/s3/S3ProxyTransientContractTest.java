package io.hermes.storage.s3;

import io.hermes.storage.testing.S3Server;

class S3ProxyTransientContractTest extends AbstractS3Contract.OnS3Proxy {

    S3ProxyTransientContractTest() {
        super(S3Server.Backend.TRANSIENT_NIO2);
    }
}
