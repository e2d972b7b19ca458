package io.hermes.orchestrator.item;

import jakarta.annotation.Nullable;
import java.util.UUID;

/**
 * A document that the plan holds.
 *
 * @param key as listed; of a document that was not found, {@code uuid:<uuid>}
 * @param documentUuid where the plan already knows it
 * @param errorCode set if the item has failed before it began, with a message
 * @param copy set if the item is skipped before it began
 */
public record PlannedItem(
        String key,
        @Nullable UUID documentUuid,
        long size,
        @Nullable String revision,
        @Nullable String errorCode,
        @Nullable String errorMessage,
        @Nullable Copy copy) {

    /** What stands at the destination already: as an earlier job wrote it, with the same content. */
    public record Copy(String destKey, String destRevision, String sha256) {}

    /** A document to migrate. */
    public static PlannedItem ready(String key, @Nullable UUID documentUuid, long size, String revision) {
        return new PlannedItem(key, documentUuid, size, revision, null, null, null);
    }

    /** Something that cannot be migrated and is said so, rather than dropped in silence. */
    public static PlannedItem failed(String key, @Nullable UUID documentUuid, String code, String message) {
        return new PlannedItem(key, documentUuid, 0, null, code, message, null);
    }

    /** A document that stands at the destination already. */
    public static PlannedItem identical(String key, UUID documentUuid, long size, String revision, Copy copy) {
        return new PlannedItem(key, documentUuid, size, revision, null, null, copy);
    }

    /** Whether it is to be migrated. */
    public boolean isReady() {
        return errorCode == null && copy == null;
    }
}
