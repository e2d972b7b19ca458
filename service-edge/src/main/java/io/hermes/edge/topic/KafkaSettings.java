package io.hermes.edge.topic;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How topics are declared. */
@ConfigMapping(prefix = "hermes.kafka")
interface KafkaSettings {

    /** Copies of each partition of a topic that we create. 3 where three brokers are. */
    @WithDefault("1")
    short replicationFactor();
}
