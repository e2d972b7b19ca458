package io.hermes.orchestrator.plan;

import io.hermes.edge.registry.RegistryUnavailable;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import java.time.Duration;
import java.util.Optional;

/**
 * A failure of a listing that gets better by waiting. A pure function of the failure.
 *
 * @param reason as it stands in a job's {@code statusReason}
 * @param retryAfter what the store asked for
 * @param error what went wrong, in its own words
 */
public record Outage(String reason, Optional<Duration> retryAfter, String error) {

    /** Empty for what does not get better. */
    public static Optional<Outage> of(Throwable failure) {
        return switch (failure) {
            case RegistryUnavailable registry ->
                Optional.of(
                        new Outage("provider_unavailable", Optional.empty(), "The provider registry does not answer."));
            case StorageException storage
            when storage.kind().outage() ->
                Optional.of(new Outage(
                        isAboutSettings(storage) ? "provider_auth" : "provider_unavailable",
                        storage.retryAfter(),
                        storage.getMessage()));
            default -> Optional.empty();
        };
    }

    /** Credentials that are rejected, or a root that is missing: before anything was listed a mistake in the provider's settings. */
    static boolean isAboutSettings(StorageException storage) {
        return storage.kind() == ErrorKind.UNAUTHENTICATED || storage.kind() == ErrorKind.CONTAINER_MISSING;
    }
}
