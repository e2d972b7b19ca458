package io.hermes.edge.registry;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the operator of the host, not whoever registers a provider, decides about local stores. */
@ConfigMapping(prefix = "hermes.storage.local")
interface LocalStorageSettings {

    /**
     * Absolute paths of folders, separated by commas: local stores may be these folders or lie below them, nowhere else. Absent:
     * everywhere but in the operating system's folders.
     */
    Optional<List<Path>> allowedRoots();
}
