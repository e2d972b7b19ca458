package io.hermes.orchestrator.outbox;

/**
 * One unsent task.
 *
 * @param id the row's number; 0 before it is written
 * @param itemId the item, also the record's key
 * @param idempotentKey names the dispatch; unique
 * @param eventType {@link #CREATED} or {@link #RETRY} (SPEC §0)
 * @param topic where it goes
 * @param payload the task as JSON
 */
public record OutboxRow(
        long id, long jobId, long itemId, String idempotentKey, String eventType, String topic, String payload) {

    /** The first dispatch of an item. */
    public static final String CREATED = "migration.task.created";

    /** Every later one. */
    public static final String RETRY = "migration.task.retry";
}
