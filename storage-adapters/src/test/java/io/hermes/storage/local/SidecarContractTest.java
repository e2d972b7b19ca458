package io.hermes.storage.local;

import java.nio.file.Path;
import java.util.Map;

/** Metadata in hidden files, syncs shared. */
class SidecarContractTest extends LocalContract {

    @Override
    Path parent() {
        return Path.of("target/contract").toAbsolutePath();
    }

    @Override
    Map<String, String> settings() {
        return Map.of("metadata", "sidecar", "durability", "group");
    }
}
