package io.hermes.edge.topic;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How topics are declared and watched. */
@ConfigMapping(prefix = "hermes.kafka")
interface KafkaSettings {

    /** Copies of each partition of a topic that we create. 3 where three brokers are. */
    @WithDefault("1")
    short replicationFactor();

    /** How often a service looks whether the topic that it reads is still the one that it began to read. */
    @WithDefault("10s")
    Duration topicCheckInterval();
}
