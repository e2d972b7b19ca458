package io.hermes.worker.copy;

import io.hermes.contract.event.Deferred;
import io.hermes.contract.event.ErrorCode;
import io.hermes.storage.ErrorKind;

/** What a store's error means for the item: the one table from (kind, side) to what is reported. */
sealed interface Fault {

    /** The store as a whole is affected: the item waits without an attempt. */
    record Outage(Deferred.Reason reason, ErrorCode code) implements Fault {}

    /** This document is affected: the attempt failed. */
    record OfDocument(ErrorCode code, boolean retryable) implements Fault {}

    /** Reads the table. */
    static Fault of(ErrorKind kind, Side side) {
        return switch (side) {
            case SOURCE -> atSource(kind);
            case DESTINATION -> atDestination(kind);
        };
    }

    private static Fault atSource(ErrorKind kind) {
        return switch (kind) {
            case NOT_FOUND -> failed(ErrorCode.SOURCE_NOT_FOUND);
            case PRECONDITION_FAILED, CHANGED, CONTENT_TRUNCATED -> failed(ErrorCode.SOURCE_CHANGED);
            case CONTENT_MISMATCH -> new OfDocument(ErrorCode.CONTENT_INVALID, true);
            case CONTENT_TOO_LARGE -> failed(ErrorCode.CONTENT_TOO_LARGE);
            case KEY_INVALID -> failed(ErrorCode.KEY_INVALID);
            case PERMISSION_DENIED -> failed(ErrorCode.SOURCE_PERMISSION_DENIED);
            case UNSUPPORTED -> failed(ErrorCode.CAPABILITY_UNSUPPORTED);
            case INTERNAL -> failed(ErrorCode.INTERNAL);
            case QUOTA_EXCEEDED -> failed(ErrorCode.SOURCE_UNAVAILABLE);
            case CONTAINER_MISSING, UNAUTHENTICATED, CONFIG_INVALID -> rejected();
            case RATE_LIMITED -> unavailable(ErrorCode.SOURCE_RATE_LIMITED);
            case UNAVAILABLE, TIMEOUT -> unavailable(ErrorCode.SOURCE_UNAVAILABLE);
        };
    }

    private static Fault atDestination(ErrorKind kind) {
        return switch (kind) {
            case NOT_FOUND, PRECONDITION_FAILED, CHANGED -> new OfDocument(ErrorCode.DEST_CONFLICT, true);
            case CONTENT_MISMATCH, CONTENT_TRUNCATED -> failed(ErrorCode.CONTENT_HASH_MISMATCH);
            case CONTENT_TOO_LARGE -> failed(ErrorCode.CONTENT_TOO_LARGE);
            case KEY_INVALID -> failed(ErrorCode.KEY_INVALID);
            case PERMISSION_DENIED -> failed(ErrorCode.DEST_PERMISSION_DENIED);
            case UNSUPPORTED -> failed(ErrorCode.CAPABILITY_UNSUPPORTED);
            case INTERNAL -> failed(ErrorCode.INTERNAL);
            case QUOTA_EXCEEDED -> failed(ErrorCode.DEST_QUOTA_EXCEEDED);
            case CONTAINER_MISSING, UNAUTHENTICATED, CONFIG_INVALID -> rejected();
            case RATE_LIMITED -> unavailable(ErrorCode.DEST_RATE_LIMITED);
            case UNAVAILABLE, TIMEOUT -> unavailable(ErrorCode.DEST_UNAVAILABLE);
        };
    }

    private static Fault failed(ErrorCode code) {
        return new OfDocument(code, code.retryable());
    }

    private static Fault rejected() {
        return new Outage(Deferred.Reason.PROVIDER_AUTH, ErrorCode.PROVIDER_AUTH);
    }

    private static Fault unavailable(ErrorCode code) {
        return new Outage(Deferred.Reason.PROVIDER_UNAVAILABLE, code);
    }
}
