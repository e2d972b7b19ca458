package io.hermes.registry.api;

import io.hermes.edge.openapi.ApiDocument;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFilter;

/**
 * What the OpenAPI document of this service says beyond its routes. Used when the service is built; Quarkus takes only what implements
 * {@link OASFilter} itself.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ProviderApi extends ApiDocument implements OASFilter {

    @Override
    protected Map<Integer, List<String>> codes() {
        return Map.of(
                400, List.of("CURSOR_INVALID", "NO_FIELDS"),
                404, List.of("PROVIDER_TYPE_UNKNOWN", "PROVIDER_UNKNOWN"),
                409,
                        List.of(
                                "PRIMARY_EXISTS",
                                "PROVIDER_DISABLED",
                                "PROVIDER_IMMUTABLE",
                                "PROVIDER_IN_USE",
                                "PROVIDER_MANAGED_BY_CONFIG",
                                "PROVIDER_NAME_TAKEN",
                                "PROVIDER_NOT_WRITABLE",
                                "PROVIDER_QUOTA_EXCEEDED"),
                429, List.of("TOO_MANY_SCANS", "TOO_MANY_TESTS"),
                503, List.of("AUDIT_UNAVAILABLE", "SECRETS_KEY_MISSING", "SECRET_UNAVAILABLE"));
    }

    @Override
    protected boolean ifMatchRequired() {
        return false;
    }

    @Override
    protected Map<String, String> parameters() {
        return Map.ofEntries(
                Map.entry("ref", "The provider's number, UUID or name"),
                Map.entry("type", "Only providers of this type, such as s3"),
                Map.entry("providerType", "The type's name, such as s3"),
                Map.entry("status", "Only providers in this status"),
                Map.entry("actor", "Only what this one did, by the name that goes with the token"),
                Map.entry("action", "Only this action, such as provider.patch"),
                Map.entry("target", "Only what was done to the provider of this UUID or name"),
                Map.entry("outcome", "Only what came out like this"),
                Map.entry("since", "Only what happened at this instant or later"),
                Map.entry("until", "Only what happened before this instant"),
                Map.entry("limit", "Most entries of a page"),
                Map.entry("cursor", "Where the page begins: 'nextCursor' of the page before, with the same filters"),
                Map.entry("detach", "Takes a provider out of the hands of the file that describes it"),
                Map.entry(
                        "refresh",
                        "true looks at the store now: one cheap request, bounded in time; false tells the last look"),
                Map.entry(
                        "If-Match",
                        "The ETag of the provider as it was last read; absent or * overwrites whatever changed"));
    }

    @Override
    protected List<String> examples() {
        return List.of("CreateProvider");
    }
}
