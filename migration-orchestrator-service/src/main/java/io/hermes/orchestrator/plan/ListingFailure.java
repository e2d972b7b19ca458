package io.hermes.orchestrator.plan;

import io.hermes.contract.event.ErrorCode;
import io.hermes.edge.registry.ProviderUnknown;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;

/**
 * What a failed page means for the job. A pure function.
 *
 * <p>Never "nothing to do": a listing that failed is waited for, or fails the job.
 */
sealed interface ListingFailure {

    /** An outage: the listing goes on later, at the same token. */
    record Wait(Outage outage) implements ListingFailure {}

    /** Will not get better by waiting; the reason is the job's. */
    record Fatal(String reason) implements ListingFailure {}

    /**
     * @param atBeginning whether nothing has been listed yet: then credentials that are rejected, or a root that is missing, are a
     *     mistake in the provider's settings rather than an outage
     */
    static ListingFailure of(Throwable failure, boolean atBeginning) {
        if (failure instanceof StorageException storage && atBeginning && Outage.isAboutSettings(storage)) {
            return new Fatal(
                    ErrorCode.PROVIDER_AUTH + ": " + storage.getMessage() + ". " + ErrorCode.PROVIDER_AUTH.hint());
        }
        return Outage.of(failure).<ListingFailure>map(Wait::new).orElseGet(() -> fatal(failure));
    }

    private static Fatal fatal(Throwable failure) {
        return switch (failure) {
            case StorageException storage -> new Fatal(code(storage.kind()) + ": " + storage.getMessage());
            case ProviderUnknown unknown ->
                new Fatal(
                        "PROVIDER_UNKNOWN: The source provider is not registered any more. Register it again, then retry.");
            default ->
                new Fatal(ErrorCode.INTERNAL + ": Planning failed by an error of ours ("
                        + failure.getClass().getSimpleName() + "). The log has the details under the job's id.");
        };
    }

    private static String code(ErrorKind kind) {
        return switch (kind) {
            case PERMISSION_DENIED -> ErrorCode.SOURCE_PERMISSION_DENIED.name();
            case CONFIG_INVALID, UNAUTHENTICATED, CONTAINER_MISSING -> ErrorCode.PROVIDER_AUTH.name();
            case UNSUPPORTED -> ErrorCode.CAPABILITY_UNSUPPORTED.name();
            case RATE_LIMITED, UNAVAILABLE, TIMEOUT -> ErrorCode.SOURCE_UNAVAILABLE.name();
            case NOT_FOUND,
                    PRECONDITION_FAILED,
                    CHANGED,
                    CONTENT_TRUNCATED,
                    CONTENT_MISMATCH,
                    CONTENT_TOO_LARGE,
                    KEY_INVALID,
                    QUOTA_EXCEEDED,
                    INTERNAL -> ErrorCode.INTERNAL.name();
        };
    }
}
