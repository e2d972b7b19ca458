package io.hermes.edge.registry;

import io.hermes.contract.provider.ClaimRelease;
import io.hermes.contract.provider.ClaimRequest;
import io.hermes.contract.provider.ResolvedProvider;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * The registry's internal routes. Every call is bounded, may be repeated, and fails with {@link ProviderUnknown},
 * {@link ClaimRefused} or {@link RegistryUnavailable}.
 */
@ApplicationScoped
public class RegistryClient {

    /**
     * A provider with its secrets.
     *
     * @param ref number, UUID or unique name
     * @return fails {@link ProviderUnknown} if there is none
     */
    public Uni<ResolvedProvider> provider(String ref) {
        return Uni.createFrom().failure(new RegistryUnavailable("not yet", null));
    }

    /** The job uses the provider from now on. Fails {@link ClaimRefused} if it may not. Repeating it changes nothing. */
    public Uni<Void> claim(UUID provider, UUID job, ClaimRequest claim) {
        return Uni.createFrom().failure(new RegistryUnavailable("not yet", null));
    }

    /** The job has ended. Its deltas are counted once, however often this is called; an unknown claim is no error. */
    public Uni<Void> release(UUID provider, UUID job, ClaimRelease release) {
        return Uni.createFrom().failure(new RegistryUnavailable("not yet", null));
    }
}
