package io.hermes.edge;

import io.hermes.edge.problem.ApiProblem;
import io.hermes.edge.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;

/** Routes that do nothing, to see what the edge does. */
@Path("/api/v2/echo")
public class EchoRoutes {

    @Path("/internal-view")
    @GET
    @RolesAllowed(Roles.SERVICE)
    public String internal() {
        return "internal";
    }

    @GET
    @RolesAllowed(Roles.ADMIN)
    public String get(@RestQuery @Min(1) @Max(100) Integer limit) {
        return "echo " + limit;
    }

    @POST
    @RolesAllowed(Roles.ADMIN)
    public Uni<Body> post(@Valid @NotNull Body body) {
        return Uni.createFrom().item(body);
    }

    @GET
    @Path("/unannotated")
    public String unannotated() {
        return "must not be seen";
    }

    @GET
    @Path("/crash")
    @RolesAllowed(Roles.ADMIN)
    public Uni<String> crash() {
        return Uni.createFrom().failure(new IllegalStateException("canary-in-the-message"));
    }

    @GET
    @Path("/conflict")
    @RolesAllowed(Roles.ADMIN)
    public Uni<String> conflict() {
        return Uni.createFrom()
                .failure(ApiProblem.of(409, "ECHO_CONFLICT", "Conflict", "There is one.")
                        .with("allowedActions", List.of("go")));
    }

    public record Body(String name, @Min(1) int count, Boolean flag, List<String> words, UUID id, Kind kind) {}

    public enum Kind {
        ONE,
        TWO
    }
}
