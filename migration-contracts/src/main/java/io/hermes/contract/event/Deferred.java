package io.hermes.contract.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.hermes.contract.task.TaskRef;
import java.util.Locale;
import java.util.UUID;

/**
 * A store is down, throttles or rejects our credentials: the item goes back to pending without an attempt, and the provider is
 * held until it answers again.
 *
 * @param ref the dispatch
 * @param providerUuid the provider at fault
 * @param reason the kind of outage
 * @param code the error as an item would show it
 * @param message one sentence for people
 * @param retryAfterMillis how long to leave the provider alone
 */
public record Deferred(
        TaskRef ref, UUID providerUuid, Reason reason, ErrorCode code, String message, long retryAfterMillis)
        implements TaskEvent {

    /** The kind of outage; also the job's {@code statusReason} while it lasts. */
    public enum Reason {
        /** Refused, timed out, 5xx or throttled. */
        @JsonProperty("provider_unavailable")
        PROVIDER_UNAVAILABLE,
        /** Credentials, bucket or root folder are wrong. */
        @JsonProperty("provider_auth")
        PROVIDER_AUTH;

        /** The word used in JSON and in the database. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
