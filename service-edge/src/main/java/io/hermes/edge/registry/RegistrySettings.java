package io.hermes.edge.registry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** Where the registry is and how long what it said may be used. */
@ConfigMapping(prefix = "hermes.registry")
interface RegistrySettings {

    /** Base URL of the registry. */
    @WithDefault("http://localhost:8081")
    URI url();

    /** Longest time to wait for one answer. */
    @WithDefault("5s")
    Duration timeout();

    /** An opened store is used this long before its provider's version is looked at again, unless the registry tells of a change. */
    @WithDefault("5s")
    Duration recheck();

    /**
     * A store that has been superseded is closed this much later, so that what runs on it can end. For as long it is used itself if
     * the registry has told of a change and does not answer since.
     */
    @WithDefault("15m")
    Duration grace();
}
