package io.hermes.edge;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.hermes.edge.problem.ApiProblem;
import io.hermes.edge.problem.SqlStates;
import io.hermes.edge.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
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

    @GET
    @Path("/database-away")
    @RolesAllowed(Roles.ADMIN)
    public Uni<String> databaseAway(@RestQuery String state) {
        return Uni.createFrom()
                .failure(new CompletionException(
                        state == null ? new ConnectException("canary-host refused") : new SqlFailure(state)));
    }

    public record Body(
            String name,
            @Min(1) int count,
            Boolean flag,
            List<String> words,
            UUID id,
            Kind kind,
            List<@Size(max = 5) String> marks,
            Map<@Size(max = 5) String, @Size(max = 5) String> labels,
            @Valid Share share) {}

    /** A value that is one word in JSON. */
    public record Share(
            @Pattern(regexp = "[0-9]+%") @JsonValue String text) {

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public static Share of(String text) {
            return new Share(text);
        }
    }

    /** A failure of a driver, as far as anybody here knows drivers. */
    static final class SqlFailure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String state;

        SqlFailure(String state) {
            super("canary");
            this.state = state;
        }
    }

    @ApplicationScoped
    static class States implements SqlStates {

        @Override
        public Optional<String> of(Throwable failure) {
            return failure instanceof SqlFailure sql ? Optional.of(sql.state) : Optional.empty();
        }
    }

    public enum Kind {
        ONE,
        TWO
    }
}
