package io.hermes.registry.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How changes of providers are told. Read by name, since a schedule takes nothing else. */
@ConfigMapping(prefix = "hermes.provider-events")
interface OutboxSettings {

    /** How often this replica looks for changes that are still to be told; {@code off} leaves them to other replicas. */
    @WithDefault("1s")
    String tick();

    /** Time between two looks at how many wait, for the metrics, at least a second. */
    @WithDefault("10s")
    String gaugeInterval();
}
