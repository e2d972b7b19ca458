package io.hermes.orchestrator.api;

import io.hermes.edge.security.Roles;
import io.hermes.orchestrator.view.WorkerViews;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v2/migrations/workers}: who works. */
@Path("/api/v2/migrations/workers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Workers")
public class WorkerResource {

    private final WorkerViews workers;

    WorkerResource(WorkerViews workers) {
        this.workers = workers;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "Workers alive and how busy they are, and how many tasks wait for them")
    public Uni<WorkerList> list() {
        return workers.all().map(known -> new WorkerList(known, workers.consumerLag()));
    }
}
