package io.hermes.storage.local;

import java.nio.file.Path;
import java.util.Map;

/** Every earlier state is kept, in the hardest combination. */
class RevisionsContractTest extends LocalContract {

    @Override
    Path parent() {
        return Path.of("target/contract").toAbsolutePath();
    }

    @Override
    Map<String, String> settings() {
        return Map.of("revisions", "directory", "metadata", "sidecar");
    }
}
