package io.hermes.orchestrator.item;

import jakarta.annotation.Nullable;

/**
 * An item whose lease is over, under the lock of its job.
 *
 * @param deliveries leases proper that lapsed before this one
 * @param unsent whether its task is still in the outbox
 * @param lapseOffsets the task topic's end offsets, noted when its queue lease lapsed before; {@code null} the first time
 */
public record LapsedItem(
        Item item,
        int deliveries,
        @Nullable String workerId,
        boolean unsent,
        @Nullable String lapseOffsets) {}
