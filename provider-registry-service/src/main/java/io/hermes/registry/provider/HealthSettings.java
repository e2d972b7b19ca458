package io.hermes.registry.provider;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often stores are looked at, and what it takes to call one healthy or not. */
@ConfigMapping(prefix = "hermes.health")
public interface HealthSettings {

    /** Time between two looks at a store; a tenth more or less, so that stores do not keep step. */
    @WithDefault("30s")
    Duration interval();

    /** Longest time of a look. */
    @WithDefault("5s")
    Duration timeout();

    /** A look that took longer than this found the store slow, which is degraded. */
    @WithDefault("2s")
    Duration slow();

    /** Stores that one replica looks at at once. */
    @WithDefault("4")
    int concurrency();

    /** Looks in a row, slow or failed, after which a healthy store is degraded. */
    @WithDefault("2")
    int slips();

    /** Failed looks in a row after which a store is unhealthy. */
    @WithDefault("3")
    int failures();

    /** Better looks in a row after which a store is called better. */
    @WithDefault("2")
    int recoveries();

    /** How long every look is kept. */
    @WithDefault("1d")
    Duration history();

    /** How often due stores are looked for, read by name; {@code off} leaves the schedule to other replicas. */
    @WithDefault("1s")
    String tick();

    /** Time between two purges of the history, read by name. */
    @WithDefault("10m")
    String purgeInterval();
}
