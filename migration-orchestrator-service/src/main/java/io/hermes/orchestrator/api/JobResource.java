package io.hermes.orchestrator.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hermes.edge.security.Roles;
import io.hermes.edge.version.VersionTag;
import io.hermes.orchestrator.api.CursorCodec.Cursor;
import io.hermes.orchestrator.job.CreateJob;
import io.hermes.orchestrator.job.Creation;
import io.hermes.orchestrator.job.JobChanges;
import io.hermes.orchestrator.job.JobPosition;
import io.hermes.orchestrator.job.JobRef;
import io.hermes.orchestrator.job.JobTuning;
import io.hermes.orchestrator.job.Jobs;
import io.hermes.orchestrator.view.JobView;
import io.hermes.orchestrator.view.JobViews;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code /api/v2/migrations/jobs}: create, look, change, clone. */
@Path("/api/v2/migrations/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Jobs")
public class JobResource {

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String PRINTABLE = "[\\x20-\\x7e]*";

    private final Jobs jobs;
    private final JobViews views;
    private final JobChanges changes;
    private final CursorCodec cursors;

    JobResource(Jobs jobs, JobViews views, JobChanges changes, CursorCodec cursors) {
        this.jobs = jobs;
        this.views = views;
        this.changes = changes;
        this.cursors = cursors;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Create a job; it stays pending until it is started")
    @APIResponse(
            responseCode = "201",
            description = "The new job",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    @APIResponse(
            responseCode = "200",
            description = "The job that the same Idempotency-Key made before",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    public Uni<RestResponse<JobView>> create(
            @NotNull @Valid CreateJob request,
            @RestHeader(IDEMPOTENCY_KEY) @Size(min = 1, max = 255) @Pattern(regexp = PRINTABLE) String idempotencyKey,
            @Context SecurityContext user) {
        return jobs.create(request, user.getUserPrincipal().getName(), Optional.ofNullable(idempotencyKey))
                .chain(this::created);
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "List jobs, newest first")
    public Uni<RestResponse<JobList>> list(@BeanParam JobQuery query, @Context UriInfo uri) {
        JobQuery.Wish wish = query.read();
        Optional<JobPosition> after = wish.cursor().map(text -> position(cursors.read(text, wish.scope())));
        return views.page(wish.filter(), after, wish.limit() + 1)
                .map(found -> Pages.Page.cut(found, wish.limit(), job -> cursors.write(cursor(job), wish.scope())))
                .map(page -> Pages.answer(new JobList(page), page.nextCursor(), uri));
    }

    @GET
    @Path("{id}")
    @RolesAllowed(Roles.VIEWER)
    @Operation(summary = "A job by its id or UUID")
    public Uni<RestResponse<JobView>> find(@RestPath String id) {
        return views.find(JobRef.parse(id)).map(job -> JobAnswer.of(200, job).build());
    }

    @PATCH
    @Path("{id}")
    @Consumes({MERGE_PATCH, MediaType.APPLICATION_JSON})
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Change what may change at any time, also of a running job; If-Match is required")
    @RequestBody(content = @Content(mediaType = MERGE_PATCH, schema = @Schema(implementation = JobTuning.class)))
    public Uni<RestResponse<JobView>> patch(
            @RestPath String id,
            @RestHeader(HttpHeaders.IF_MATCH) String ifMatch,
            @NotNull ObjectNode patch,
            @Context SecurityContext user) {
        Optional<Long> version = VersionTag.require(ifMatch);
        JobRef ref = JobRef.parse(id);
        return jobs.find(ref)
                .chain(job -> changes.patch(
                        job, patch, version, user.getUserPrincipal().getName()))
                .chain(() -> views.find(ref))
                .map(job -> JobAnswer.of(200, job).build());
    }

    @POST
    @Path("{id}/clone")
    @Consumes({MERGE_PATCH, MediaType.APPLICATION_JSON})
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Create a job with the definition of another; the body says what shall be different")
    @APIResponse(
            responseCode = "201",
            description = "The new job",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    @APIResponse(
            responseCode = "200",
            description = "The job that the same Idempotency-Key made before",
            content = @Content(schema = @Schema(implementation = JobView.class)))
    @RequestBody(content = @Content(mediaType = MERGE_PATCH, schema = @Schema(implementation = CreateJob.class)))
    public Uni<RestResponse<JobView>> clone(
            @RestPath String id,
            ObjectNode changed,
            @RestHeader(IDEMPOTENCY_KEY) @Size(min = 1, max = 255) @Pattern(regexp = PRINTABLE) String idempotencyKey,
            @Context SecurityContext user) {
        ObjectNode patch = changed == null ? JsonNodeFactory.instance.objectNode() : changed;
        return jobs.find(JobRef.parse(id))
                .chain(job ->
                        jobs.clone(job, patch, user.getUserPrincipal().getName(), Optional.ofNullable(idempotencyKey)))
                .chain(this::created);
    }

    private Uni<RestResponse<JobView>> created(Creation creation) {
        return views.find(new JobRef.ById(creation.jobId()))
                .map(job -> JobAnswer.of(creation.fresh() ? 201 : 200, job)
                        .location(URI.create(job.links().self()))
                        .build());
    }

    /** PostgreSQL keeps microseconds, so a cursor in microseconds loses nothing. */
    private static Cursor cursor(JobView job) {
        return new Cursor(ChronoUnit.MICROS.between(Instant.EPOCH, job.createdAt()), job.id());
    }

    private static JobPosition position(Cursor cursor) {
        return new JobPosition(Instant.EPOCH.plus(cursor.sortKey(), ChronoUnit.MICROS), cursor.id());
    }
}
