package io.hermes.worker.copy;

import io.hermes.contract.event.ErrorCode;

/** The protocol itself decided that the copy fails; the stores did nothing wrong. */
final class CopyRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final boolean retryable;

    CopyRefused(ErrorCode code, boolean retryable, String message) {
        super(message);
        this.code = code;
        this.retryable = retryable;
    }

    CopyRefused(ErrorCode code, String message) {
        this(code, code.retryable(), message);
    }

    ErrorCode code() {
        return code;
    }

    boolean retryable() {
        return retryable;
    }
}
