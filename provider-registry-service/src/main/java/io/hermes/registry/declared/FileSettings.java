package io.hermes.registry.declared;

import io.hermes.registry.provider.Prune;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The file that describes providers. */
@ConfigMapping(prefix = "hermes.providers")
interface FileSettings {

    /** The file, such as a mounted {@code providers.yaml}. Unset: there is none, and providers are made through the API alone. */
    Optional<Path> file();

    /** The file is read this often, for what has changed in it or in what it refers to. */
    @WithDefault("10s")
    Duration recheck();

    /** What becomes of a provider that the file no longer describes: never, disable or delete. */
    @WithDefault("never")
    Prune prune();

    /** {@code true}: the file is compared with the registry and never applied. */
    @WithDefault("false")
    boolean dryRun();
}
