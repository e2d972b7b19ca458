package io.hermes.storage.local;

import java.nio.file.Path;
import java.util.Map;

/** What is replaced or deleted goes to the trash. */
class TrashContractTest extends LocalContract {

    @Override
    Path parent() {
        return Path.of("target/contract").toAbsolutePath();
    }

    @Override
    Map<String, String> settings() {
        return Map.of("trash_retention_days", "30");
    }
}
