package io.hermes.registry.secret;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Encoded;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Reading from Vault's key-value engine, version 2. */
@Path("/v1")
@RegisterRestClient(configKey = "hermes-vault")
interface VaultRoutes {

    @GET
    @Path("/{mount}/data/{path}")
    Uni<JsonNode> read(
            @HeaderParam("X-Vault-Token") String token,
            @HeaderParam("X-Vault-Namespace") String namespace,
            @PathParam("mount") String mount,
            @Encoded @PathParam("path") String path);
}
