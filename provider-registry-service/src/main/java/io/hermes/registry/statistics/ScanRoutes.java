package io.hermes.registry.statistics;

import io.hermes.edge.security.Roles;
import io.hermes.registry.provider.ProviderRef;
import io.hermes.registry.provider.ProviderStatistics;
import io.hermes.registry.provider.Statistics;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;

/** Counts what a store holds. */
@Path("/api/v2/providers/{ref}/scan")
@Tag(name = "Providers")
public class ScanRoutes {

    private final StoreScans scans;
    private final Statistics statistics;

    ScanRoutes(StoreScans scans, Statistics statistics) {
        this.scans = scans;
        this.statistics = statistics;
    }

    /** Begins to count; where that is done already, it goes on. */
    @POST
    @RolesAllowed(Roles.OPERATOR)
    @ResponseStatus(202)
    @Operation(
            operationId = "providerScan",
            summary = "Count the documents of a store anew by listing all of them; one scan of a store at a time")
    @APIResponse(
            responseCode = "202",
            description = "The statistics; 'scan' is the one that was begun, or was under way already",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ProviderStatistics.class)))
    @APIResponse(responseCode = "429")
    public Uni<ProviderStatistics> begin(@RestPath String ref) {
        ProviderRef wanted = ProviderRef.parse(ref);
        return scans.begin(wanted).chain(() -> statistics.of(wanted));
    }
}
