package io.hermes.registry.health;

import io.hermes.edge.problem.ApiProblem;
import io.hermes.registry.probe.Probes;
import io.hermes.registry.provider.HealthSettings;
import io.hermes.registry.provider.ProviderRef;
import io.hermes.registry.provider.Providers;
import io.hermes.registry.secret.Secrets;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.ProbeReport;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** One look at a store: one cheap request, never a scan, and no longer than the timeout. */
@ApplicationScoped
class Looks {

    private final Providers providers;
    private final Probes probes;
    private final HealthSettings settings;

    Looks(Providers providers, Probes probes, HealthSettings settings) {
        this.providers = providers;
        this.probes = probes;
        this.settings = settings;
    }

    /** A report whatever the store does. A provider whose secret cannot be had is not healthy; whether its store is, nobody knows. */
    Uni<ProbeReport> at(UUID provider) {
        return providers
                .resolve(new ProviderRef.ByUuid(provider))
                .chain(resolved -> probes.probe(resolved, ProbeDepth.REACH, settings.timeout()))
                .onFailure(Looks::secretUnavailable)
                .recoverWithItem(unavailable -> Probes.notTried(((ApiProblem) unavailable).getDetail()));
    }

    private static boolean secretUnavailable(Throwable failure) {
        return failure instanceof ApiProblem problem && problem.code().equals(Secrets.UNAVAILABLE);
    }
}
