package io.hermes.contract.event;

/**
 * Why a document could not be migrated. The code is the contract with clients; the hint is for people and may change.
 */
public enum ErrorCode {
    SOURCE_NOT_FOUND(Origin.SOURCE, false, "The document is not in the source store any more. Check who removed it."),
    SOURCE_CHANGED(Origin.SOURCE, true, "The document kept changing while it was copied. Retry when it is at rest."),
    SOURCE_DELETE_FAILED(
            Origin.SOURCE,
            true,
            "The copy is verified, but the source could not be deleted. Retry repeats only the deletion."),
    SOURCE_PERMISSION_DENIED(
            Origin.SOURCE, false, "Grant the provider's credentials read access to the document, then retry."),
    SOURCE_RATE_LIMITED(Origin.SOURCE, true, "The source store throttles. The job goes on by itself."),
    SOURCE_UNAVAILABLE(Origin.SOURCE, true, "The source store did not answer. The job goes on when it does."),
    DEST_PERMISSION_DENIED(
            Origin.DESTINATION, false, "Grant the provider's credentials write access to the key, then retry."),
    DEST_RATE_LIMITED(Origin.DESTINATION, true, "The destination store throttles. The job goes on by itself."),
    DEST_QUOTA_EXCEEDED(Origin.DESTINATION, true, "The destination is full. Make room or raise its quota, then retry."),
    DEST_CONFLICT(
            Origin.DESTINATION,
            false,
            "Another document stands under this key. Choose conflictPolicy overwrite or keep_both, or change the path template."),
    DEST_NOT_FOUND(
            Origin.DESTINATION,
            false,
            "The destination has no such document. Copy it, or check who removed it; then retry."),
    DEST_CHANGED(
            Origin.DESTINATION,
            true,
            "The destination's document kept changing while it was compared. Retry when it is at rest."),
    DEST_EXTRA(
            Origin.DESTINATION,
            false,
            "Only the destination holds this document. Find out where it came from; a retry looks again."),
    DEST_UNAVAILABLE(Origin.DESTINATION, true, "The destination store did not answer. The job goes on when it does."),
    PROVIDER_AUTH(
            Origin.PLATFORM,
            false,
            "The store rejects the provider's credentials, bucket or root. Correct the provider, then retry."),
    CONTENT_HASH_MISMATCH(
            Origin.VALIDATION,
            true,
            "The destination holds other bytes than the source. Nothing was changed; retry, or copy it again."),
    CONTENT_TOO_LARGE(Origin.DESTINATION, false, "The destination takes no document of this size."),
    CONTENT_INVALID(Origin.SOURCE, false, "The document cannot be read as what it claims to be."),
    CAPABILITY_UNSUPPORTED(
            Origin.DESTINATION, false, "The store cannot do what the job asks for. Choose another strategy or store."),
    KEY_INVALID(
            Origin.DESTINATION,
            false,
            "The document's name cannot be a key at the destination. Rename it or change the path template."),
    DRIFTED(Origin.VALIDATION, false, "The document changed since the plan was approved."),
    WORKER_LOST(
            Origin.PLATFORM, true, "Workers kept dying while they held this document. Look at their logs, then retry."),
    TIMEOUT(Origin.PLATFORM, true, "The transfer made no progress for too long."),
    INTERNAL(Origin.PLATFORM, true, "An error of ours. The log has the details under the item's id.");

    private final Origin origin;
    private final boolean retryable;
    private final String hint;

    ErrorCode(Origin origin, boolean retryable, String hint) {
        this.origin = origin;
        this.retryable = retryable;
        this.hint = hint;
    }

    /** Which side has to act. */
    public Origin origin() {
        return origin;
    }

    /** Whether another attempt may help without anybody acting. */
    public boolean retryable() {
        return retryable;
    }

    /** What to do, in a sentence. */
    public String hint() {
        return hint;
    }

    /** Which side an error comes from. */
    public enum Origin {
        SOURCE,
        DESTINATION,
        VALIDATION,
        PLATFORM
    }
}
