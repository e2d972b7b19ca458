package io.hermes.storage;

/**
 * What went wrong, decided once, at the adapter's border.
 *
 * <p>{@link #retryable()}: the same call may succeed later without anybody acting. {@link #outage()}: the store as a whole is
 * affected, not this document, so it must not count against the document.
 */
public enum ErrorKind {
    /** No document under this key. */
    NOT_FOUND(false, false),
    /** The bucket, folder or drive itself is not there. */
    CONTAINER_MISSING(false, true),
    /** The key is taken, or not at the wanted revision. */
    PRECONDITION_FAILED(false, false),
    /** The document changed while it was read. */
    CHANGED(true, false),
    /** The body had another length than announced. */
    CONTENT_TRUNCATED(true, false),
    /** The bytes are not those that were hashed. */
    CONTENT_MISMATCH(true, false),
    /** Larger than the store takes. */
    CONTENT_TOO_LARGE(false, false),
    /** The name cannot be a key in this store. */
    KEY_INVALID(false, false),
    /** This document is off limits for these credentials. */
    PERMISSION_DENIED(false, false),
    /** The credentials themselves are rejected. */
    UNAUTHENTICATED(false, true),
    /** The store asks for fewer requests. */
    RATE_LIMITED(true, true),
    /** The store is full. */
    QUOTA_EXCEEDED(true, false),
    /** Refused, reset, 5xx: the store is not there. */
    UNAVAILABLE(true, true),
    /** No progress within the idle timeout. */
    TIMEOUT(true, true),
    /** This store cannot do that; see the capabilities. */
    UNSUPPORTED(false, false),
    /** The provider's settings make no sense. */
    CONFIG_INVALID(false, false),
    /** A defect of ours or of the store's protocol. */
    INTERNAL(true, false);

    private final boolean retryable;
    private final boolean outage;

    ErrorKind(boolean retryable, boolean outage) {
        this.retryable = retryable;
        this.outage = outage;
    }

    /** Whether the same call may succeed later without anybody acting. */
    public boolean retryable() {
        return retryable;
    }

    /** Whether the store as a whole is affected rather than one document. */
    public boolean outage() {
        return outage;
    }
}
