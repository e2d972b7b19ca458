package io.hermes.orchestrator.api;

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
public final class MigrationApi extends ApiDocument implements OASFilter {

    @Override
    protected Map<Integer, List<String>> codes() {
        return Map.of(
                400, List.of("CURSOR_FILTER_MISMATCH", "CURSOR_INVALID", "DOCUMENT_LIST_INVALID", "INVALID_ID"),
                404, List.of("ITEM_NOT_FOUND", "JOB_NOT_FOUND"),
                409,
                        List.of(
                                "DOCUMENT_LIST_MISSING",
                                "ITEM_STATE_CONFLICT",
                                "JOB_STATE_CONFLICT",
                                "LIST_OVERTAKEN",
                                "PROVIDER_DISABLED",
                                "PROVIDER_NOT_WRITABLE",
                                "PROVIDER_QUOTA_EXCEEDED"),
                422,
                        List.of(
                                "IDEMPOTENCY_KEY_REUSED",
                                "JOB_UNKNOWN",
                                "NOTHING_SELECTED",
                                "NO_LIST_WANTED",
                                "OPTION_SENSELESS",
                                "OVERLAPPING_STORES",
                                "PROVIDER_UNKNOWN",
                                "SAME_PROVIDER",
                                "SELECTION_AMBIGUOUS",
                                "SELECTION_OF_OTHER_SOURCE",
                                "SELECTION_TOO_LARGE",
                                "STRATEGY_UNSUPPORTED",
                                "TRANSFORM_UNSUPPORTED",
                                "VALIDATION_REQUIRED"),
                429, List.of("TOO_MANY_LISTENERS"),
                503, List.of("CREATION_TOO_SLOW", "LISTENERS_EXHAUSTED", "REGISTRY_UNAVAILABLE"));
    }

    @Override
    protected boolean ifMatchRequired() {
        return true;
    }

    @Override
    protected Map<String, String> parameters() {
        return Map.ofEntries(
                Map.entry("id", "The job's number or UUID"),
                Map.entry("itemId", "The item's number"),
                Map.entry("status", "Only those in this status"),
                Map.entry("strategy", "Only jobs of this strategy"),
                Map.entry("sourceProvider", "Only jobs that read from the provider of this name"),
                Map.entry("destProvider", "Only jobs that write to the provider of this name"),
                Map.entry("createdBy", "Only jobs of this user"),
                Map.entry("q", "Only those with this text in their names: of jobs the name, of items either key"),
                Map.entry("errorCode", "Only items whose last failure had this code"),
                Map.entry("cursor", "Where the page begins: 'nextCursor' of the page before, with the same filters"),
                Map.entry("If-Match", "The ETag of the job as it was last read, or * to overwrite whatever changed"),
                Map.entry("If-None-Match", "The ETag of an earlier answer; if nothing has changed, the answer is 304"),
                Map.entry(
                        "Idempotency-Key",
                        "Any printable text of at most 255 characters; sent again, it finds the job that it made the first time"),
                Map.entry(
                        "Last-Event-ID", "The id of the last event that was received; what it told is not told again"));
    }

    @Override
    protected List<String> examples() {
        return List.of("CreateJob", "ProgressView");
    }
}
