package io.hermes.registry.probe;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How patient tests of a connection are. */
@ConfigMapping(prefix = "hermes.provider-test")
interface ProbeSettings {

    /** Tests that run at once in one replica; more are refused, so that nobody can make it knock at many doors. */
    @WithDefault("4")
    int concurrency();

    /** Longest wait for each of a name's address, a connection and a TLS handshake. */
    @WithDefault("5s")
    Duration stepTimeout();

    /** Longest time for everything that is asked of the store itself. */
    @WithDefault("20s")
    Duration storeTimeout();
}
