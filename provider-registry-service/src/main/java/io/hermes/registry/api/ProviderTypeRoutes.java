package io.hermes.registry.api;

import io.hermes.edge.security.Roles;
import io.hermes.registry.type.ProviderTypePage;
import io.hermes.registry.type.ProviderTypeView;
import io.hermes.registry.type.ProviderTypes;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** {@code /api/v2/provider-types}: what kinds of stores there are, and what has to be said about one. */
@Path("/api/v2/provider-types")
@Tag(name = "Provider types")
@RolesAllowed(Roles.VIEWER)
@NonBlocking
public class ProviderTypeRoutes {

    private final ProviderTypes types;

    ProviderTypeRoutes(ProviderTypes types) {
        this.types = types;
    }

    /** All types, by name. */
    @GET
    @Operation(summary = "What kinds of stores there are, with the JSON Schema of their settings")
    public ProviderTypePage list() {
        return types.all();
    }

    /** One type. */
    @GET
    @Path("/{providerType}")
    @Operation(summary = "One kind of store, with the JSON Schema of its settings")
    public ProviderTypeView get(@RestPath String providerType) {
        return types.get(providerType);
    }
}
