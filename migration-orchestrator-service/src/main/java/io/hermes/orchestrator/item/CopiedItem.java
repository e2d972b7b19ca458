package io.hermes.orchestrator.item;

import jakarta.annotation.Nullable;

/**
 * A document that a job has brought to its destination.
 *
 * @param size in bytes
 * @param destRevision the revision that was written, {@code null} where the store told none
 */
public record CopiedItem(
        long id, String destKey, long size, @Nullable String destRevision) {}
