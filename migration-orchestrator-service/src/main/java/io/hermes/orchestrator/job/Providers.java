package io.hermes.orchestrator.job;

import io.hermes.contract.job.Strategy;
import io.hermes.contract.provider.ClaimRelease;
import io.hermes.contract.provider.ClaimRequest;
import io.hermes.contract.provider.ClaimRequest.Role;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.edge.problem.ApiProblem;
import io.hermes.edge.registry.ClaimRefused;
import io.hermes.edge.registry.ProviderUnknown;
import io.hermes.edge.registry.RegistryClient;
import io.hermes.edge.registry.RegistryUnavailable;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.UUID;

/** The registry, asked on behalf of a request that creates a job or runs it again: its answers become problems that name the field at fault. */
@ApplicationScoped
class Providers {

    private static final String SOURCE = "sourceProvider";
    private static final String DESTINATION = "destProvider";
    private static final String QUOTA_EXCEEDED = "PROVIDER_QUOTA_EXCEEDED";
    private static final String RETRY_AFTER_SECONDS = "5";
    private static final ClaimRelease NOTHING = new ClaimRelease(0, 0);

    private final RegistryClient registry;

    Providers(RegistryClient registry) {
        this.registry = registry;
    }

    /** A comparison reads its destination as it reads its source, so it may be any store that may be read. */
    static Role roleOfDestination(Strategy strategy) {
        return switch (strategy) {
            case COPY, MOVE, MIRROR -> Role.DESTINATION;
            case VERIFY -> Role.SOURCE;
        };
    }

    /** Both providers as they are now. */
    Uni<Route> resolve(CreateJob request) {
        return provider(SOURCE, request.sourceProvider())
                .chain(source -> provider(DESTINATION, request.destProvider())
                        .map(destination -> new Route(source, destination)));
    }

    /** Claims both or none. */
    Uni<Void> claim(Route route, UUID job, CreateJob request) {
        String name = request.jobName();
        return claim(SOURCE, route.source(), job, new ClaimRequest(Role.SOURCE, name))
                .chain(() -> claim(
                        DESTINATION,
                        route.destination(),
                        job,
                        new ClaimRequest(roleOfDestination(request.strategy()), name)))
                .onFailure()
                .call(() -> giveBack(route, job));
    }

    /** For a job that ended and shall run again. What fails half-way is given back by the sweep of claims, with the job's totals. */
    Uni<Void> claimAgain(JobDefinition job) {
        Role role = roleOfDestination(Strategy.valueOf(job.strategy().toUpperCase(Locale.ROOT)));
        return provider(SOURCE, ProviderRef.of(job.sourceProviderUuid().toString()))
                .chain(source -> claim(SOURCE, source, job.jobUuid(), new ClaimRequest(Role.SOURCE, job.jobName())))
                .chain(() -> provider(
                        DESTINATION, ProviderRef.of(job.destProviderUuid().toString())))
                .chain(destination ->
                        claim(DESTINATION, destination, job.jobUuid(), new ClaimRequest(role, job.jobName())));
    }

    /** For a job that does not come to be. What cannot be told to the registry now is logged; the request has failed anyway. */
    Uni<Void> giveBack(Route route, UUID job) {
        return registry.release(route.source().providerUuid(), job, NOTHING)
                .chain(() -> registry.release(route.destination().providerUuid(), job, NOTHING))
                .onFailure(RegistryUnavailable.class)
                .invoke(failure -> Log.warnf(failure, "claims of the unborn job %s remain at the registry", job))
                .onFailure(RegistryUnavailable.class)
                .recoverWithNull();
    }

    /** Gives one claim back, with what the job brought. A provider that is gone has no claims. */
    Uni<Void> release(UUID provider, UUID job, ClaimRelease brought) {
        return registry.release(provider, job, brought)
                .onFailure(ProviderUnknown.class)
                .recoverWithNull();
    }

    private Uni<ResolvedProvider> provider(String field, ProviderRef ref) {
        return registry.provider(ref.text())
                .onFailure(ProviderUnknown.class)
                .transform(unknown -> unknown(field, ref))
                .onFailure(RegistryUnavailable.class)
                .transform(Providers::unavailable);
    }

    private Uni<Void> claim(String field, ResolvedProvider provider, UUID job, ClaimRequest claim) {
        return registry.claim(provider.providerUuid(), job, claim)
                .onFailure(ClaimRefused.class)
                .transform(refused -> refused(field, provider, claim.role(), ((ClaimRefused) refused).code()))
                .onFailure(ProviderUnknown.class)
                .transform(gone -> unknown(field, ProviderRef.of(provider.providerName())))
                .onFailure(RegistryUnavailable.class)
                .transform(Providers::unavailable);
    }

    private static ApiProblem refused(String field, ResolvedProvider provider, Role role, String code) {
        if (code.equals(QUOTA_EXCEEDED)) {
            return RouteRules.quotaExceeded(provider.providerName(), field);
        }
        return switch (role) {
            case SOURCE -> RouteRules.disabled(provider.providerName(), field);
            case DESTINATION -> RouteRules.notWritable(provider.providerName());
        };
    }

    private static ApiProblem unknown(String field, ProviderRef ref) {
        return ApiProblem.of(
                        422,
                        "PROVIDER_UNKNOWN",
                        "No such provider",
                        "The registry knows no provider '" + ref.text() + "', named in '" + field
                                + "'. Register it first.")
                .with("field", field);
    }

    private static ApiProblem unavailable(Throwable outage) {
        Log.warn("a request has to wait: the registry does not answer", outage);
        return ApiProblem.of(
                        503,
                        "REGISTRY_UNAVAILABLE",
                        "The provider registry does not answer",
                        "Nothing was changed. Send the request again in a few seconds.")
                .withHeader("Retry-After", RETRY_AFTER_SECONDS);
    }
}
