package io.hermes.orchestrator.api;

import io.hermes.edge.security.Roles;
import io.hermes.orchestrator.job.JobDefinition;
import io.hermes.orchestrator.job.JobRef;
import io.hermes.orchestrator.job.Jobs;
import io.hermes.orchestrator.view.ProgressView;
import io.hermes.orchestrator.view.ProgressViews;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;

/** {@code …/jobs/{id}/progress}, made to be polled. */
@Path("/api/v2/migrations/jobs/{id}/progress")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Jobs")
public class ProgressResource {

    private static final String POLL_SECONDS = "2";

    private final Jobs jobs;
    private final ProgressViews views;

    ProgressResource(Jobs jobs, ProgressViews views) {
        this.jobs = jobs;
        this.views = views;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(operationId = "jobProgress", summary = "How far a job is; send If-None-Match to poll cheaply")
    @APIResponse(
            responseCode = "200",
            description = "How far it is",
            content = @Content(schema = @Schema(implementation = ProgressView.class)))
    @APIResponse(responseCode = "304", description = "As it was when the ETag in If-None-Match was given")
    public Uni<RestResponse<ProgressView>> progress(@RestPath String id, @RestHeader("If-None-Match") String seen) {
        return jobs.find(JobRef.parse(id))
                .map(JobDefinition::id)
                .chain(views::find)
                .map(progress -> answer(progress, seen));
    }

    private static RestResponse<ProgressView> answer(ProgressView progress, String seen) {
        String etag = "W/\"" + progress.fingerprint() + "\"";
        ResponseBuilder<ProgressView> answer = matches(seen, etag)
                ? ResponseBuilder.<ProgressView>create(Status.NOT_MODIFIED)
                : ResponseBuilder.ok(progress);
        if (progress.active()) {
            answer.header("Retry-After", POLL_SECONDS);
        }
        return answer.header("ETag", etag).build();
    }

    private static boolean matches(String seen, String etag) {
        return seen != null
                && Arrays.stream(seen.split(","))
                        .map(String::strip)
                        .anyMatch(tag -> tag.equals(etag) || tag.equals("*"));
    }
}
