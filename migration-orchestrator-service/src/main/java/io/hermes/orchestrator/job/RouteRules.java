package io.hermes.orchestrator.job;

import io.hermes.contract.job.Strategy;
import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.edge.problem.ApiProblem;

/** Which pairs of providers a job may connect. */
final class RouteRules {

    private RouteRules() {}

    /**
     * Lets a sensible route pass.
     *
     * @throws ApiProblem 422 for a pair that can never make sense, 409 for one that does not at present
     */
    static void check(Route route, Strategy strategy) {
        refuseSameProvider(route);
        refuseDisabledSource(route.source());
        switch (strategy) {
            case COPY, MOVE, MIRROR -> refuseUnwritable(route.destination());
            case VERIFY -> refuseDisabledDestination(route.destination());
        }
        refuseOverlap(route);
    }

    private static void refuseSameProvider(Route route) {
        if (route.source().providerUuid().equals(route.destination().providerUuid())) {
            throw ApiProblem.of(
                    422,
                    "SAME_PROVIDER",
                    "Source and destination are the same provider",
                    "Name two different providers; '" + route.source().providerName() + "' is both.");
        }
    }

    private static void refuseDisabledSource(ResolvedProvider source) {
        if (source.status() == ProviderStatus.DISABLED) {
            throw disabled(source.providerName(), "sourceProvider");
        }
    }

    private static void refuseDisabledDestination(ResolvedProvider destination) {
        if (destination.status() == ProviderStatus.DISABLED) {
            throw disabled(destination.providerName(), "destProvider");
        }
    }

    private static void refuseUnwritable(ResolvedProvider destination) {
        boolean writable = switch (destination.status()) {
            case ACTIVE, MIGRATING -> destination.writable();
            case READONLY, DISABLED -> false;
        };
        if (!writable) {
            throw notWritable(destination.providerName());
        }
    }

    /** The registry's own refusal to be a destination, worded as this service words it. */
    static ApiProblem notWritable(String name) {
        return ApiProblem.of(
                        409,
                        "PROVIDER_NOT_WRITABLE",
                        "Destination takes no documents",
                        "'" + name
                                + "' is disabled, read-only or not writable. Change it or choose another destination.")
                .with("field", "destProvider");
    }

    /** The same for a store that may not even be read. */
    static ApiProblem disabled(String name, String field) {
        return ApiProblem.of(
                        409,
                        "PROVIDER_DISABLED",
                        "Provider is disabled",
                        "'" + name + "' is disabled. Enable it or choose another.")
                .with("field", field);
    }

    /** What only the registry knows: the store holds as much as its quota allows. */
    static ApiProblem quotaExceeded(String name, String field) {
        return ApiProblem.of(
                        409,
                        "PROVIDER_QUOTA_EXCEEDED",
                        "Provider is full",
                        "The quota of '" + name
                                + "' is used up. Raise its quota, choose another provider, or remove documents and scan it.")
                .with("field", field);
    }

    private static void refuseOverlap(Route route) {
        if (StorePlace.of(route.source()).overlaps(StorePlace.of(route.destination()))) {
            throw ApiProblem.of(
                    422,
                    "OVERLAPPING_STORES",
                    "Source and destination overlap",
                    "Both providers reach the same documents: one's folder or prefix lies within the other's. Choose disjoint ones.");
        }
    }
}
