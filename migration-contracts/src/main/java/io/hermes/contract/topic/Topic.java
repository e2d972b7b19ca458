package io.hermes.contract.topic;

/**
 * A Kafka topic as every service declares it at start-up. No topic is created by the broker on its own
 * ({@code auto.create.topics.enable=false}); whoever reads or writes one creates it, and adds partitions where there are too few.
 *
 * @param name topic name, as in the specification
 * @param partitions smallest number of partitions
 * @param compacted {@code true} keeps the newest record of a key for ever, {@code false} keeps records for seven days
 */
public record Topic(String name, int partitions, boolean compacted) {

    /** Copy and release tasks, keyed by item id. Written by the orchestrator's relay, read by the workers. */
    public static final Topic TASKS = new Topic("hermes.migration-tasks", 24, false);

    /** What became of the tasks, keyed by worker id. Written by the workers, read by the orchestrator's projector. */
    public static final Topic EVENTS = new Topic("hermes.migration-events", 12, false);

    /** Changes of providers and of their health, keyed by provider UUID; a tombstone is a deleted provider. Written by the registry. */
    public static final Topic PROVIDER_EVENTS = new Topic("hermes.provider-events", 1, true);

    /** Consumer group of the workers. */
    public static final String WORKER_GROUP = "hermes-migration-workers";

    /** Consumer group of the orchestrator's projector. */
    public static final String PROJECTOR_GROUP = "hermes-migration-projector";

    /** Where a consumer sends what it cannot parse. Nothing else goes there. */
    public Topic deadLetters() {
        return new Topic(name + ".dlq", 1, false);
    }
}
