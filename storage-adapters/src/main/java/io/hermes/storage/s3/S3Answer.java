package io.hermes.storage.s3;

import io.hermes.storage.ErrorKind;

/**
 * What an error answer of an S3 server means.
 *
 * @param kind for whoever decides what to do next
 * @param sentence for people
 */
record S3Answer(ErrorKind kind, String sentence) {

    /**
     * @param status HTTP status
     * @param code error code of the body, empty where there is none (HEAD has no body)
     * @param retryAfter whether the server said when to come back
     */
    static S3Answer of(int status, String code, boolean retryAfter) {
        S3Answer named = ofCode(code);
        return named != null ? named : ofStatus(status, retryAfter);
    }

    /** @return null for codes that say no more than the status */
    private static S3Answer ofCode(String code) {
        return switch (code) {
            case "NoSuchBucket" -> new S3Answer(ErrorKind.CONTAINER_MISSING, "the bucket does not exist");
            case "NoSuchKey", "NoSuchVersion" -> new S3Answer(ErrorKind.NOT_FOUND, "no such document");
            case "InvalidRange" -> shorter();
            case "NoSuchUpload" -> new S3Answer(ErrorKind.INTERNAL, "the upload by parts was ended by somebody else");
            case "InvalidAccessKeyId",
                    "SignatureDoesNotMatch",
                    "ExpiredToken",
                    "InvalidToken",
                    "InvalidSecurity",
                    "NotSignedUp",
                    "TokenRefreshRequired" ->
                new S3Answer(
                        ErrorKind.UNAUTHENTICATED,
                        "the store rejects the credentials; check access_key and secret_key");
            case "RequestTimeTooSkewed", "RequestExpired" ->
                new S3Answer(ErrorKind.UNAUTHENTICATED, "this machine's clock and the store's disagree");
            case "BadDigest", "XAmzContentSHA256Mismatch", "InvalidDigest" ->
                new S3Answer(ErrorKind.CONTENT_MISMATCH, "the store received other bytes than were signed");
            case "IncompleteBody" ->
                new S3Answer(ErrorKind.CONTENT_TRUNCATED, "the store received fewer bytes than were announced");
            case "EntityTooLarge" ->
                new S3Answer(ErrorKind.CONTENT_TOO_LARGE, "the document is larger than the store takes");
            case "KeyTooLongError", "KeyTooLong", "XMinioInvalidObjectName", "InvalidURI" ->
                new S3Answer(ErrorKind.KEY_INVALID, "the store cannot take this name");
            case "SlowDown",
                    "SlowDownRead",
                    "SlowDownWrite",
                    "RequestLimitExceeded",
                    "Throttling",
                    "ThrottlingException",
                    "TooManyRequests",
                    "TooManyRequestsException",
                    "BandwidthLimitExceeded" ->
                new S3Answer(ErrorKind.RATE_LIMITED, "the store asks for fewer requests");
            case "QuotaExceeded", "XMinioStorageFull", "InsufficientCapacity", "InsufficientStorage" ->
                new S3Answer(ErrorKind.QUOTA_EXCEEDED, "the store is full");
            // Under any status: the answer to a completion begins with 200 before the store knows how it will end.
            case "InternalError", "ServiceUnavailable", "OperationAborted" ->
                new S3Answer(ErrorKind.UNAVAILABLE, "the store has a failure of its own");
            case "RequestTimeout" -> new S3Answer(ErrorKind.TIMEOUT, "the store waited too long for the bytes");
            case "ConditionalRequestConflict" ->
                new S3Answer(ErrorKind.PRECONDITION_FAILED, "somebody else is writing this document");
            case "AuthorizationHeaderMalformed",
                    "PermanentRedirect",
                    "TemporaryRedirect",
                    "IllegalLocationConstraintException",
                    "InvalidBucketName" ->
                new S3Answer(ErrorKind.CONFIG_INVALID, "the bucket is not at this endpoint and region");
            case "InvalidObjectState" ->
                new S3Answer(ErrorKind.UNSUPPORTED, "the document is archived; restore it first");
            case "NotImplemented" -> new S3Answer(ErrorKind.UNSUPPORTED, "the store does not know this request");
            default -> null;
        };
    }

    private static S3Answer ofStatus(int status, boolean retryAfter) {
        return switch (status) {
            case 301, 307 -> new S3Answer(ErrorKind.CONFIG_INVALID, "the bucket is not at this endpoint and region");
            case 401 ->
                new S3Answer(
                        ErrorKind.UNAUTHENTICATED,
                        "the store rejects the credentials; check access_key and secret_key");
            case 403 -> new S3Answer(ErrorKind.PERMISSION_DENIED, "these credentials may not do that");
            case 404 -> new S3Answer(ErrorKind.NOT_FOUND, "no such document");
            case 405 -> new S3Answer(ErrorKind.UNSUPPORTED, "the store does not allow this request");
            case 408 -> new S3Answer(ErrorKind.TIMEOUT, "the store waited too long for the request");
            case 409 -> new S3Answer(ErrorKind.UNAVAILABLE, "the store is busy with a change that conflicts");
            case 412 ->
                new S3Answer(ErrorKind.PRECONDITION_FAILED, "the document is not in the state that was asked for");
            case 413 -> new S3Answer(ErrorKind.CONTENT_TOO_LARGE, "the document is larger than the store takes");
            case 414 -> new S3Answer(ErrorKind.KEY_INVALID, "the store cannot take so long a name");
            case 416 -> shorter();
            case 429 -> new S3Answer(ErrorKind.RATE_LIMITED, "the store asks for fewer requests");
            case 501 -> new S3Answer(ErrorKind.UNSUPPORTED, "the store does not know this request");
            case 507 -> new S3Answer(ErrorKind.QUOTA_EXCEEDED, "the store is full");
            default -> unnamed(status, retryAfter);
        };
    }

    /** Only what lies within a document is ever asked for. */
    private static S3Answer shorter() {
        return new S3Answer(ErrorKind.CHANGED, "the document is shorter than it was");
    }

    private static S3Answer unnamed(int status, boolean retryAfter) {
        if (status == 503 && retryAfter) {
            return new S3Answer(ErrorKind.RATE_LIMITED, "the store asks for fewer requests");
        }
        return status >= 500
                ? new S3Answer(ErrorKind.UNAVAILABLE, "the store has a failure of its own")
                : new S3Answer(ErrorKind.INTERNAL, "the store refused the request");
    }
}
