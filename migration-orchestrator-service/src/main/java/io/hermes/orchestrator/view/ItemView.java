package io.hermes.orchestrator.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One document of a job. The original called the two keys {@code sourceProviderId} and {@code destProviderId}; they are here under
 * both names.
 *
 * @param sourceKey {@code null} of a document that only the destination has
 * @param metadataLoss names of metadata that the destination could not hold of a copied document
 * @param metadataDifferences names of metadata by which two documents with the same bytes differ
 * @param destSizeBytes of the document that a comparison found, {@code null} if there was none
 * @param reason finer than the status: {@code queued}, {@code retry}, {@code identical}, …; or {@code null}
 * @param attemptCount failures reported; {@code deliveryCount} counts leases that lapsed
 * @param errorCode of the last failure, {@code null} if there was none
 * @param origin which side has to act on the error
 * @param hint what to do about the error
 * @param attempts what went wrong before, oldest first; only where one item is asked for
 */
public record ItemView(
        long id,
        long migrationJobId,
        UUID documentUuid,
        String sourceKey,
        String destKey,
        String sourceProviderId,
        String destProviderId,
        String status,
        String reason,
        int attemptCount,
        int maxAttempts,
        int deliveryCount,
        String errorCode,
        String errorMessage,
        boolean retryable,
        String origin,
        String hint,
        String sourceContentHash,
        String destContentHash,
        Boolean contentMatch,
        List<String> metadataLoss,
        List<String> metadataDifferences,
        long sizeBytes,
        Long destSizeBytes,
        long bytesTransferred,
        String sourceRevision,
        String destRevision,
        String replacedRevision,
        String workerId,
        Long durationMs,
        Integer requests,
        Instant createdAt,
        Instant updatedAt,
        Instant startedAt,
        Instant completedAt,
        Instant nextAttemptAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<AttemptView> attempts) {}
