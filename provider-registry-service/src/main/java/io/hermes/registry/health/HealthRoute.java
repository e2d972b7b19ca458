package io.hermes.registry.health;

import io.hermes.edge.security.Roles;
import io.hermes.registry.provider.HealthBook;
import io.hermes.registry.provider.HealthHistory;
import io.hermes.registry.provider.HealthLease;
import io.hermes.registry.provider.ProviderRef;
import io.hermes.registry.provider.ProviderView;
import io.hermes.registry.provider.Providers;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** How a store is: as the schedule saw it, or right now. */
@Path("/api/v2/providers/{ref}/health")
@Tag(name = "Providers")
@RolesAllowed(Roles.VIEWER)
public class HealthRoute {

    private final Providers providers;
    private final HealthBook book;
    private final Looks looks;

    HealthRoute(Providers providers, HealthBook book, Looks looks) {
        this.providers = providers;
        this.book = book;
        this.looks = looks;
    }

    /**
     * How the store is.
     *
     * @param refresh looks now: one cheap request, never a scan, and five seconds at most
     */
    @GET
    @Operation(
            operationId = "providerHealth",
            summary = "How a store is, as it was last seen; with refresh, as it is now")
    public Uni<ProviderHealth> health(@RestPath String ref, @RestQuery boolean refresh) {
        ProviderRef wanted = ProviderRef.parse(ref);
        Uni<ProviderView> provider = providers.get(wanted);
        return (refresh ? provider.call(this::lookNow).chain(() -> providers.get(wanted)) : provider)
                .chain(seen -> book.detail(seen.id()).map(detail -> ProviderHealth.of(seen, detail, Instant.now())));
    }

    private Uni<?> lookNow(ProviderView provider) {
        return book.take(provider.id())
                .chain(lease ->
                        lease.map(this::look).orElseGet(() -> Uni.createFrom().item(false)));
    }

    private Uni<Boolean> look(HealthLease lease) {
        return looks.at(lease.provider()).chain(report -> book.settleAsked(lease, report));
    }

    /** The latest looks at the store. */
    @GET
    @Path("/history")
    @Operation(operationId = "providerHealthHistory", summary = "The latest looks at a store, newest first")
    public Uni<HealthHistory> history(
            @RestPath String ref, @RestQuery @DefaultValue("100") @Min(1) @Max(1000) int limit) {
        return providers.get(ProviderRef.parse(ref)).chain(provider -> book.history(provider.id(), limit));
    }
}
