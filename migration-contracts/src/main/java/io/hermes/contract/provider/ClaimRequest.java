package io.hermes.contract.provider;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Body of {@code PUT /internal/providers/{uuid}/claims/{jobUuid}}: the job uses this provider until it releases the claim. Refused
 * if the provider is disabled, and for a destination that is not writable or full. Repeating it changes nothing.
 *
 * @param role what the job uses the provider for
 * @param jobName the job's name, shown to whoever tries to delete the provider
 */
public record ClaimRequest(Role role, String jobName) {

    /** What a job uses a provider for. */
    public enum Role {
        /** It is read, and only read: the source of every job, and both stores of a comparison. */
        @JsonProperty("source")
        SOURCE,

        /** Documents are written to it. */
        @JsonProperty("destination")
        DESTINATION
    }
}
