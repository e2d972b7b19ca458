package io.hermes.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hermes.storage.ErrorKind;
import io.hermes.storage.testing.S3Server;
import java.util.stream.Stream;

class S3ProxyFilesystemContractTest extends AbstractS3Contract.OnS3Proxy {

    S3ProxyFilesystemContractTest() {
        super(S3Server.Backend.FILESYSTEM_NIO2);
    }

    /** The server writes to a name of 37 bytes more first, and a file's name has 255 bytes at most: it answers 500. */
    @Override
    public ErrorKind refusalOf(String name) {
        boolean tooLong = Stream.of(name.split("/")).anyMatch(segment -> segment.getBytes(UTF_8).length > 255 - 37);
        return tooLong ? ErrorKind.UNAVAILABLE : super.refusalOf(name);
    }
}
