package io.hermes.registry.api;

import io.hermes.contract.provider.ProviderStatus;
import io.hermes.edge.problem.Violation;
import io.hermes.edge.security.Roles;
import io.hermes.edge.version.VersionTag;
import io.hermes.registry.provider.CreateProvider;
import io.hermes.registry.provider.Cursor;
import io.hermes.registry.provider.PatchProvider;
import io.hermes.registry.provider.ProviderFilter;
import io.hermes.registry.provider.ProviderPage;
import io.hermes.registry.provider.ProviderRef;
import io.hermes.registry.provider.ProviderTests;
import io.hermes.registry.provider.ProviderView;
import io.hermes.registry.provider.Providers;
import io.hermes.registry.provider.TestProvider;
import io.hermes.registry.provider.TestResult;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code /api/v2/providers}. A path takes the number, the UUID or the name. */
@Path("/api/v2/providers")
@Tag(name = "Providers")
public class ProviderRoutes {

    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final Providers providers;
    private final ProviderTests tests;
    private final CurrentIdentityAssociation caller;

    ProviderRoutes(Providers providers, ProviderTests tests, CurrentIdentityAssociation caller) {
        this.providers = providers;
        this.tests = tests;
        this.caller = caller;
    }

    /** Registers a provider. */
    @POST
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Register a store; what it can do is tried at once")
    @APIResponse(
            responseCode = "201",
            description = "The provider; 'warnings' say what its store would not do",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ProviderView.class)))
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    public Uni<RestResponse<ProviderView>> create(@Valid @NotNull CreateProvider request) {
        return caller.getDeferredIdentity()
                .chain(identity ->
                        providers.create(request, identity.getPrincipal().getName()))
                .map(ProviderRoutes::created);
    }

    /** Lists providers, the primary one first, then by name. */
    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "List providers, the primary one first, then by name")
    public Uni<ProviderPage> list(
            @RestQuery String type,
            @Parameter(schema = @Schema(implementation = ProviderStatus.class)) @RestQuery String status,
            @RestQuery @DefaultValue("100") @Min(1) @Max(100) int limit,
            @RestQuery String cursor) {
        return providers.list(new ProviderFilter(
                Optional.ofNullable(type),
                Optional.ofNullable(status).map(ProviderRoutes::status),
                limit,
                Optional.ofNullable(cursor).map(Cursor::read)));
    }

    /** Shows one provider. */
    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "A provider by its number, UUID or name; secrets are never shown")
    @Path("/{ref}")
    public Uni<RestResponse<ProviderView>> get(@RestPath String ref) {
        return providers.get(ProviderRef.parse(ref)).map(ProviderRoutes::tagged);
    }

    /** Tries a provider that is not saved. */
    @POST
    @RolesAllowed(Roles.ADMIN)
    @Path("/test")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Test a connection step by step before saving it; keeps nothing")
    @APIResponse(
            responseCode = "200",
            description = "What every step saw; that one of them failed is an answer, too",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TestResult.class)))
    @APIResponse(responseCode = "429")
    public Uni<TestResult> test(@Valid @NotNull TestProvider definition) {
        return tests.test(definition);
    }

    /** Tries a provider, and keeps what was seen. */
    @POST
    @RolesAllowed(Roles.ADMIN)
    @Path("/{ref}/test")
    @Operation(summary = "Test a provider step by step; its health and what it was seen to do are kept")
    @APIResponse(
            responseCode = "200",
            description = "What every step saw; that one of them failed is an answer, too",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = TestResult.class)))
    @APIResponse(responseCode = "429")
    public Uni<TestResult> testSaved(@RestPath String ref) {
        return tests.test(ProviderRef.parse(ref));
    }

    /** Changes a provider. */
    @PATCH
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Change a provider; what is left out stays, null clears")
    @Path("/{ref}")
    @Consumes({MERGE_PATCH, MediaType.APPLICATION_JSON})
    public Uni<RestResponse<ProviderView>> patch(
            @RestPath String ref,
            @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            @RestQuery boolean detach,
            @Valid @NotNull PatchProvider patch) {
        return providers
                .patch(ProviderRef.parse(ref), patch, VersionTag.read(ifMatch), detach)
                .map(ProviderRoutes::tagged);
    }

    /** Removes a provider that no unfinished job uses. */
    @DELETE
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Remove a provider that no unfinished job uses")
    @Path("/{ref}")
    public Uni<Deleted> delete(@RestPath String ref, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
        return providers
                .delete(ProviderRef.parse(ref), VersionTag.read(ifMatch))
                .map(gone -> new Deleted("Provider deleted successfully", gone.id()));
    }

    /**
     * Answer of a DELETE.
     *
     * @param message for people
     * @param providerId the number it had
     */
    public record Deleted(String message, long providerId) {}

    private static RestResponse<ProviderView> created(ProviderView provider) {
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, provider)
                .location(URI.create("/api/v2/providers/" + provider.providerUuid()))
                .header(HttpHeaders.ETAG, VersionTag.of(provider.version()))
                .build();
    }

    private static RestResponse<ProviderView> tagged(ProviderView provider) {
        return RestResponse.ResponseBuilder.ok(provider)
                .header(HttpHeaders.ETAG, VersionTag.of(provider.version()))
                .build();
    }

    private static ProviderStatus status(String word) {
        return Arrays.stream(ProviderStatus.values())
                .filter(status -> status.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Violation.problem(
                        List.of(new Violation("status", "query", "must be active, readonly, disabled or migrating"))));
    }
}
