package io.hermes.registry.statistics;

import io.hermes.edge.security.Roles;
import io.hermes.registry.provider.ProviderRef;
import io.hermes.registry.provider.ProviderStatistics;
import io.hermes.registry.provider.Statistics;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What is known of a store's documents. */
@Path("/api/v2/providers/{ref}/statistics")
@Tag(name = "Providers")
@RolesAllowed(Roles.VIEWER)
public class StatisticsRoute {

    private final Statistics statistics;

    StatisticsRoute(Statistics statistics) {
        this.statistics = statistics;
    }

    /** Counters, how they came, what was found, who uses it, and the quota. */
    @GET
    @Operation(
            operationId = "providerStatistics",
            summary = "How much a store holds, how that is known, by which extensions, who uses it, and its quota")
    public Uni<ProviderStatistics> statistics(@RestPath String ref) {
        return statistics.of(ProviderRef.parse(ref));
    }
}
