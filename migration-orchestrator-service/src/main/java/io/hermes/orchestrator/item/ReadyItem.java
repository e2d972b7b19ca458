package io.hermes.orchestrator.item;

import jakarta.annotation.Nullable;
import java.util.UUID;

/**
 * An item that may be dispatched now.
 *
 * @param epoch of its last dispatch, 0 before the first
 * @param replacedRevision what an earlier delivery announced it would replace
 */
public record ReadyItem(
        long id,
        String sourceKey,
        @Nullable UUID documentUuid,
        long size,
        @Nullable String sourceRevision,
        int epoch,
        @Nullable String replacedRevision) {}
