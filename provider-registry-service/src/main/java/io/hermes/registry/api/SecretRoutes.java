package io.hermes.registry.api;

import io.hermes.edge.security.Roles;
import io.hermes.registry.provider.SecretRotation;
import io.hermes.registry.provider.SecretsView;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v2/secrets}: how the providers' secrets are kept, and the change to another key. */
@Path("/api/v2/secrets")
@Tag(name = "Secrets")
@RolesAllowed(Roles.ADMIN)
public class SecretRoutes {

    private final SecretRotation rotation;

    SecretRoutes(SecretRotation rotation) {
        this.rotation = rotation;
    }

    /** How many secrets are sealed under which key. */
    @GET
    @Operation(summary = "How many secrets are sealed under which key")
    public Uni<SecretsView> look() {
        return rotation.look();
    }

    /** Seals every secret under the first key of the key file. */
    @POST
    @Path("/reseal")
    @Operation(summary = "Seal every secret under the first key of the key file; an older key may be removed then")
    public Uni<SecretsView> reseal() {
        return rotation.reseal();
    }
}
