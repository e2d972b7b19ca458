package io.hermes.registry.internal;

import io.hermes.contract.provider.BudgetLease;
import io.hermes.contract.provider.BudgetRequest;
import io.hermes.contract.provider.ClaimRelease;
import io.hermes.contract.provider.ClaimRequest;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.edge.security.Roles;
import io.hermes.edge.version.VersionTag;
import io.hermes.registry.provider.Budgets;
import io.hermes.registry.provider.ProviderClaims;
import io.hermes.registry.provider.ProviderRef;
import io.hermes.registry.provider.Providers;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** What the other services ask. Secrets in clear, therefore the service role only. */
@Path("/internal/providers")
@RolesAllowed(Roles.SERVICE)
public class InternalRoutes {

    private final Providers providers;
    private final ProviderClaims claims;
    private final Budgets budgets;

    InternalRoutes(Providers providers, ProviderClaims claims, Budgets budgets) {
        this.providers = providers;
        this.claims = claims;
        this.budgets = budgets;
    }

    /** Everything needed to open the store; 304 if the caller has this version. */
    @GET
    @Path("/{ref}")
    @Operation(hidden = true)
    public Uni<RestResponse<ResolvedProvider>> resolve(
            @RestPath String ref, @HeaderParam(HttpHeaders.IF_NONE_MATCH) String knownVersion) {
        return providers
                .resolveUnless(knownVersion, ProviderRef.parse(ref))
                .map(changed -> changed.map(InternalRoutes::answer).orElseGet(() -> unchanged(knownVersion)));
    }

    /** A job begins to use a provider. */
    @PUT
    @Path("/{provider}/claims/{job}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<Void> claim(@RestPath UUID provider, @RestPath UUID job, @NotNull ClaimRequest claim) {
        return claims.claim(provider, job, claim);
    }

    /** A job has ended. */
    @DELETE
    @Path("/{provider}/claims/{job}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<Void> release(@RestPath UUID provider, @RestPath UUID job, @NotNull ClaimRelease release) {
        return claims.release(provider, job, release);
    }

    /** A process asks for its share of a provider's budget, or renews it. */
    @PUT
    @Path("/{provider}/budgets/{holder}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<BudgetLease> lease(@RestPath UUID provider, @RestPath UUID holder, @NotNull BudgetRequest need) {
        return budgets.lease(provider, holder, need);
    }

    /** A process needs its share no more. */
    @DELETE
    @Path("/{provider}/budgets/{holder}")
    @Operation(hidden = true)
    public Uni<Void> giveBack(@RestPath UUID provider, @RestPath UUID holder) {
        return budgets.giveBack(provider, holder);
    }

    private static RestResponse<ResolvedProvider> answer(ResolvedProvider provider) {
        return RestResponse.ResponseBuilder.ok(provider)
                .header(HttpHeaders.ETAG, VersionTag.of(provider.version()))
                .build();
    }

    private static RestResponse<ResolvedProvider> unchanged(String tag) {
        return RestResponse.ResponseBuilder.<ResolvedProvider>create(RestResponse.Status.NOT_MODIFIED)
                .header(HttpHeaders.ETAG, tag)
                .build();
    }
}
