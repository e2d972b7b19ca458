package io.hermes.worker;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;

/** What an operator may turn about a worker. */
@ConfigMapping(prefix = "hermes.worker")
public interface WorkerConfig {

    /** First part of the worker's id, for people; the host's name by default. Each start adds a random part. */
    Optional<String> id();

    /** Documents that are transferred at once. */
    @WithDefault("32")
    @Min(1)
    @Max(4096)
    int slots();

    /** Tasks that may wait for a slot in memory; they hold no document. Kafka keeps the rest. */
    @WithDefault("96")
    @Min(1)
    @Max(16384)
    int waitingRoom();

    /** Bytes of documents that may be in memory at once. A single larger document passes alone. */
    @WithDefault("96M")
    MemorySize memoryBudget();

    /** How often the worker tells what it holds; a few times shorter than a task's lease (60 s). */
    @WithDefault("10s")
    Duration heartbeat();

    /** How long a start may stay unreported, in the hope that the outcome makes it superfluous. */
    @WithDefault("1s")
    Duration startedDelay();

    /** Shortest time from one record of events to the next: a busy worker fills larger ones. The first after it waits for nothing. */
    @WithDefault("250ms")
    Duration reportInterval();

    /** How long a store is left alone that failed and did not say for how long. */
    @WithDefault("5s")
    Duration outagePause();

    /** How long documents in flight may take to end at shutdown. What does not make it is delivered again. */
    @WithDefault("30s")
    Duration shutdownGrace();
}
