package io.hermes.registry.health;

import io.hermes.edge.problem.ApiProblem;
import io.hermes.edge.security.Roles;
import io.hermes.registry.probe.Probes;
import io.hermes.registry.provider.ProviderRef;
import io.hermes.registry.provider.ProviderView;
import io.hermes.registry.provider.Providers;
import io.hermes.registry.secret.Secrets;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.ProbeReport;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Looks at the store now: one cheap request, never a scan, and five seconds at most. */
@Path("/api/v2/providers/{ref}/health")
@Tag(name = "Providers")
@RolesAllowed(Roles.VIEWER)
public class HealthRoute {

    private static final Duration LONGEST_PROBE = Duration.ofSeconds(5);

    private final Providers providers;
    private final Probes probes;

    HealthRoute(Providers providers, Probes probes) {
        this.providers = providers;
        this.probes = probes;
    }

    /**
     * A live look at the store.
     *
     * @param refresh accepted for clients that ask for it; every look is live
     */
    @GET
    @Operation(
            operationId = "providerHealth",
            summary = "Look at the store now; one cheap request, five seconds at most")
    public Uni<ProviderHealth> health(@RestPath String ref, @RestQuery boolean refresh) {
        ProviderRef provider = ProviderRef.parse(ref);
        return providers
                .resolve(provider)
                .chain(resolved -> probes.probe(resolved, ProbeDepth.REACH, LONGEST_PROBE))
                .onFailure(HealthRoute::secretUnavailable)
                .recoverWithItem(unavailable -> Probes.notTried(((ApiProblem) unavailable).getDetail()))
                .chain(report -> record(provider, report));
    }

    /** A provider whose secret cannot be had is not healthy; whether its store is, nobody knows. */
    private static boolean secretUnavailable(Throwable failure) {
        return failure instanceof ApiProblem problem && problem.code().equals(Secrets.UNAVAILABLE);
    }

    private Uni<ProviderHealth> record(ProviderRef ref, ProbeReport report) {
        Instant now = Instant.now();
        return providers
                .get(ref)
                .call(provider -> providers.recordHealth(provider.providerUuid(), report, now))
                .map((ProviderView provider) -> ProviderHealth.of(provider, report, now));
    }
}
