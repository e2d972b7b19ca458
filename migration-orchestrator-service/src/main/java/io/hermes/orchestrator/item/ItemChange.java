package io.hermes.orchestrator.item;

import jakarta.annotation.Nullable;
import java.util.List;
import java.util.UUID;

/**
 * What an event makes of an item, to be written to its row.
 *
 * @param item the item after it
 * @param reason the row's reason column
 * @param lease what becomes of the lease
 * @param waitMillis until when it waits, from now by the database's clock; {@code null} if for nothing
 * @param workerId who reported it
 * @param evidence what the worker found, {@code null} where the event brings none
 * @param trouble why it failed, {@code null} where it did not
 */
public record ItemChange(
        Item item,
        @Nullable String reason,
        Lease lease,
        @Nullable Long waitMillis,
        String workerId,
        @Nullable Evidence evidence,
        @Nullable Trouble trouble) {

    /** What becomes of the item's lease. */
    public enum Lease {
        /** The lease proper begins anew. */
        RENEWED,
        /** Nobody holds the item. */
        ENDED
    }

    /** What a worker found and did; {@code null} for what it did not look at. */
    public record Evidence(
            @Nullable UUID documentUuid,
            @Nullable String destKey,
            @Nullable String destRevision,
            @Nullable String sourceHash,
            @Nullable String destHash,
            long bytes,
            long durationMillis,
            int requests,
            @Nullable Long destSize,
            List<String> metadataLoss,
            List<String> metadataDifferences) {}

    /** Why an attempt failed. */
    public record Trouble(String code, String message, boolean retryable) {}

    /** This change and a later one of the same item as one. */
    public ItemChange then(ItemChange later) {
        return new ItemChange(
                later.item,
                later.reason,
                later.lease,
                later.waitMillis,
                later.workerId,
                later.evidence == null ? evidence : later.evidence,
                later.trouble == null ? trouble : later.trouble);
    }
}
