package io.hermes.edge.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hermes.contract.provider.BudgetLease;
import io.hermes.contract.provider.BudgetRequest;
import io.hermes.contract.provider.ClaimRelease;
import io.hermes.contract.provider.ClaimRequest;
import io.hermes.contract.provider.ResolvedProvider;
import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.quarkus.rest.client.reactive.jackson.ClientObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestResponse;

/** The registry's internal routes as they stand in API.md, "Between the services". */
@Path("/internal/providers")
@RegisterRestClient(configKey = "hermes-registry")
@Consumes(MediaType.APPLICATION_JSON)
interface RegistryRoutes {

    @GET
    @Path("/{ref}")
    Uni<RestResponse<ResolvedProvider>> provider(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String knownVersion,
            @PathParam("ref") String ref);

    @PUT
    @Path("/{provider}/claims/{job}")
    Uni<Void> claim(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("provider") UUID provider,
            @PathParam("job") UUID job,
            ClaimRequest claim);

    @DELETE
    @Path("/{provider}/claims/{job}")
    Uni<Void> release(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("provider") UUID provider,
            @PathParam("job") UUID job,
            ClaimRelease release);

    @PUT
    @Path("/{provider}/budgets/{holder}")
    Uni<BudgetLease> lease(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("provider") UUID provider,
            @PathParam("holder") UUID holder,
            BudgetRequest need);

    @DELETE
    @Path("/{provider}/budgets/{holder}")
    Uni<Void> giveBack(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("provider") UUID provider,
            @PathParam("holder") UUID holder);

    /** A registry one release ahead may say more than we know. */
    @ClientObjectMapper
    static ObjectMapper lenient(ObjectMapper strict) {
        return strict.copy().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    @ClientExceptionMapper
    static RuntimeException refusal(Response response) {
        int status = response.getStatus();
        return status < 500 && status != 401 && status != 403 ? new Refused(status, problemOf(response)) : null;
    }

    private static Problem problemOf(Response response) {
        try {
            return response.readEntity(Problem.class);
        } catch (RuntimeException notOurs) {
            return new Problem("HTTP_" + response.getStatus(), "the registry refused");
        }
    }

    /** The two members of a problem that a program and a person need. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Problem(String code, String detail) {}

    /** An answer of the registry that repeating does not change. */
    final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int status;
        private final transient Problem problem;

        Refused(int status, Problem problem) {
            super("HTTP " + status);
            this.status = status;
            this.problem = problem;
        }

        int status() {
            return status;
        }

        Problem problem() {
            return problem;
        }
    }
}
