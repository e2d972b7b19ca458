package io.hermes.registry.provider;

import io.hermes.contract.provider.ClaimRequest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Who uses a provider at present.
 *
 * @param runningJobs how many unfinished jobs
 * @param jobs the first hundred of them, the oldest first
 */
public record Usage(long runningJobs, List<Claim> jobs) {

    /**
     * An unfinished job.
     *
     * @param jobUuid which
     * @param jobName its name
     * @param role what it uses the provider for
     * @param claimedAt since when
     */
    public record Claim(UUID jobUuid, String jobName, ClaimRequest.Role role, Instant claimedAt) {}
}
