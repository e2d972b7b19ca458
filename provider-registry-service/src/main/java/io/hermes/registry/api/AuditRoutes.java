package io.hermes.registry.api;

import io.hermes.edge.security.Roles;
import io.hermes.registry.audit.Audit;
import io.hermes.registry.audit.AuditFilter;
import io.hermes.registry.audit.AuditPage;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** {@code /api/v2/audit-events}: who changed what. */
@Path("/api/v2/audit-events")
@Tag(name = "Audit")
@RolesAllowed(Roles.ADMIN)
public class AuditRoutes {

    private final Audit audit;

    AuditRoutes(Audit audit) {
        this.audit = audit;
    }

    /** Lists events, newest first. */
    @GET
    @Operation(summary = "Who changed what and who was refused it, newest first; secrets are never shown")
    public Uni<AuditPage> list(
            @RestQuery String actor,
            @RestQuery String action,
            @RestQuery String target,
            @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"done", "refused", "failed"}))
                    @RestQuery
                    String outcome,
            @Parameter(schema = @Schema(type = SchemaType.STRING, format = "date-time")) @RestQuery String since,
            @Parameter(schema = @Schema(type = SchemaType.STRING, format = "date-time")) @RestQuery String until,
            @RestQuery @DefaultValue("100") @Min(1) @Max(1000) int limit,
            @RestQuery String cursor) {
        return audit.list(AuditFilter.first(limit)
                .actor(actor)
                .action(action)
                .target(target)
                .outcome(outcome)
                .since(since)
                .until(until)
                .behind(cursor));
    }
}
