package io.hermes.storage.local;

import java.nio.file.Path;

class DiskContractTest extends LocalContract {

    @Override
    Path parent() {
        return Path.of("target/contract").toAbsolutePath();
    }
}
