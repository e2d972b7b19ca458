package io.hermes.edge.registry;

import io.hermes.contract.provider.BudgetLease;
import io.hermes.contract.provider.BudgetRequest;
import io.hermes.contract.provider.ClaimRelease;
import io.hermes.contract.provider.ClaimRequest;
import io.hermes.contract.provider.ResolvedProvider;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * The registry's internal routes. Every call is bounded, may be repeated, and fails with {@link ProviderUnknown},
 * {@link ClaimRefused} or {@link RegistryUnavailable}.
 */
@ApplicationScoped
public class RegistryClient {

    private final RegistryRoutes routes;
    private final RegistrySettings settings;
    private final String authorization;

    RegistryClient(
            @RestClient RegistryRoutes routes,
            RegistrySettings settings,
            @ConfigProperty(name = "hermes.security.service-token") Optional<String> serviceToken) {
        this.routes = routes;
        this.settings = settings;
        this.authorization = "Bearer " + serviceToken.orElse("");
    }

    /**
     * A provider with its secrets.
     *
     * @param ref number, UUID or unique name
     * @return fails {@link ProviderUnknown} if there is none
     */
    public Uni<ResolvedProvider> provider(String ref) {
        return bounded(routes.provider(authorization, null, ref), ref).map(RestResponse::getEntity);
    }

    /** The provider if it is no longer at the given version, empty if it is. */
    Uni<Optional<ResolvedProvider>> changedSince(UUID provider, long version) {
        return bounded(routes.provider(authorization, "\"" + version + "\"", provider.toString()), provider.toString())
                .map(response -> response.getStatus() == Response.Status.NOT_MODIFIED.getStatusCode()
                        ? Optional.empty()
                        : Optional.of(response.getEntity()));
    }

    /** The job uses the provider from now on. Fails {@link ClaimRefused} if it may not. Repeating it changes nothing. */
    public Uni<Void> claim(UUID provider, UUID job, ClaimRequest claim) {
        return bounded(routes.claim(authorization, provider, job, claim), provider.toString());
    }

    /** The job has ended. Its deltas are counted once, however often this is called; an unknown claim is no error. */
    public Uni<Void> release(UUID provider, UUID job, ClaimRelease release) {
        return bounded(routes.release(authorization, provider, job, release), provider.toString());
    }

    /**
     * The holder's share of the provider's budget from now on, instead of what it had.
     *
     * @param holder this process
     * @param need what it used or had waiting since its last lease
     * @return without rates if the provider has no limits
     */
    public Uni<BudgetLease> lease(UUID provider, UUID holder, BudgetRequest need) {
        return bounded(routes.lease(authorization, provider, holder, need), provider.toString());
    }

    /** The holder needs its share no more. That it has none, or that there is no such provider, is no error. */
    public Uni<Void> giveBack(UUID provider, UUID holder) {
        return bounded(routes.giveBack(authorization, provider, holder), provider.toString());
    }

    private <T> Uni<T> bounded(Uni<T> call, String ref) {
        return call.ifNoItem().after(settings.timeout()).fail().onFailure().transform(failure -> kindOf(failure, ref));
    }

    private static RuntimeException kindOf(Throwable failure, String ref) {
        if (!(failure instanceof RegistryRoutes.Refused refused)) {
            return new RegistryUnavailable("the registry did not answer: " + failure.getMessage(), failure);
        }
        return refused.status() == Response.Status.NOT_FOUND.getStatusCode()
                ? new ProviderUnknown(ref)
                : new ClaimRefused(refused.problem().code(), refused.problem().detail());
    }
}
