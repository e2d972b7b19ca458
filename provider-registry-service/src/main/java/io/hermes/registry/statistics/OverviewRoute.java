package io.hermes.registry.statistics;

import io.hermes.edge.security.Roles;
import io.hermes.registry.provider.Statistics;
import io.hermes.registry.provider.StatisticsOverview;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** All stores together. Not below {@code /providers}, where a provider may have any name. */
@Path("/api/v2/provider-statistics")
@Tag(name = "Providers")
@RolesAllowed(Roles.VIEWER)
public class OverviewRoute {

    private final Statistics statistics;

    OverviewRoute(Statistics statistics) {
        this.statistics = statistics;
    }

    /** Providers, documents and bytes by type and by status. */
    @GET
    @Operation(
            operationId = "providersOverview",
            summary = "How many providers, documents and bytes there are, by type and by status")
    public Uni<StatisticsOverview> overview() {
        return statistics.overview();
    }
}
