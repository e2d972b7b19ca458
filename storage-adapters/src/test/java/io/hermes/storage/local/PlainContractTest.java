package io.hermes.storage.local;

import java.nio.file.Path;
import java.util.Map;

/** A file system as it is: nothing kept beside the bytes, nothing waited for. */
class PlainContractTest extends LocalContract {

    @Override
    Path parent() {
        return Path.of("target/contract").toAbsolutePath();
    }

    @Override
    Map<String, String> settings() {
        return Map.of("metadata", "none", "durability", "none");
    }
}
