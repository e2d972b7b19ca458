package io.hermes.orchestrator.api;

import io.hermes.edge.problem.ApiProblem;
import io.hermes.edge.security.Roles;
import io.hermes.orchestrator.api.CursorCodec.Cursor;
import io.hermes.orchestrator.job.CreateJob;
import io.hermes.orchestrator.job.Ids;
import io.hermes.orchestrator.job.JobAction;
import io.hermes.orchestrator.job.JobDefinition;
import io.hermes.orchestrator.job.JobPosition;
import io.hermes.orchestrator.job.JobRef;
import io.hermes.orchestrator.job.Jobs;
import io.hermes.orchestrator.job.Lifecycle;
import io.hermes.orchestrator.job.Retry;
import io.hermes.orchestrator.job.Transition;
import io.hermes.orchestrator.view.ItemViews;
import io.hermes.orchestrator.view.JobView;
import io.hermes.orchestrator.view.JobViews;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** {@code /api/v2/migrations/jobs}: create, look, start, pause, resume, cancel, retry. */
@Path("/api/v2/migrations/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Jobs")
public class JobResource {

    private final Jobs jobs;
    private final JobViews views;
    private final Lifecycle lifecycle;
    private final Retry retry;
    private final ItemViews items;
    private final CursorCodec cursors;

    JobResource(Jobs jobs, JobViews views, Lifecycle lifecycle, Retry retry, ItemViews items, CursorCodec cursors) {
        this.jobs = jobs;
        this.views = views;
        this.lifecycle = lifecycle;
        this.retry = retry;
        this.items = items;
        this.cursors = cursors;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Create a job; it stays pending until it is started")
    public Uni<RestResponse<JobView>> create(@NotNull @Valid CreateJob request, @Context SecurityContext user) {
        return jobs.create(request, user.getUserPrincipal().getName())
                .chain(id -> views.find(new JobRef.ById(id)))
                .map(job -> answer(201, job)
                        .location(URI.create(job.links().self()))
                        .build());
    }

    @GET
    @RolesAllowed(Roles.ADMIN)
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
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "A job by its id or UUID")
    public Uni<RestResponse<JobView>> find(@RestPath String id) {
        return views.find(JobRef.parse(id)).map(job -> answer(200, job).build());
    }

    @POST
    @Path("{id}/start")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Start a pending job")
    public Uni<RestResponse<JobView>> start(@RestPath String id) {
        return change(id, JobAction.START, job -> lifecycle.start(job.id()));
    }

    @POST
    @Path("{id}/pause")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Pause a running job; what is in flight ends first")
    public Uni<RestResponse<JobView>> pause(@RestPath String id) {
        return change(id, JobAction.PAUSE, job -> lifecycle.pause(job.id()));
    }

    @POST
    @Path("{id}/resume")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Let a paused job go on where it stood, or call off a pause that is still on its way")
    public Uni<RestResponse<JobView>> resume(@RestPath String id) {
        return change(id, JobAction.RESUME, job -> lifecycle.resume(job.id()));
    }

    @POST
    @Path("{id}/retry")
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            summary =
                    "Run a job again that ended with failures: all failed documents, and the rest of a plan that broke off")
    public Uni<RestResponse<JobView>> retry(@RestPath String id) {
        return change(id, JobAction.RETRY, retry::all);
    }

    @POST
    @Path("{id}/items/retry")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Try those failed documents once more that ended with one error code")
    public Uni<RestResponse<JobView>> retryItems(@RestPath String id, @NotNull @Valid RetryItems request) {
        return change(id, JobAction.RETRY, job -> retry.withCode(job, request.errorCode()));
    }

    @POST
    @Path("{id}/items/{itemId}/retry")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Try one failed document once more")
    public Uni<RestResponse<JobView>> retryItem(@RestPath String id, @RestPath String itemId) {
        long item = Ids.number(itemId);
        return change(id, JobAction.RETRY, job -> items.find(job.id(), item).chain(() -> retry.one(job, item)));
    }

    @POST
    @Path("{id}/cancel")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Cancel a job; what is in flight ends first")
    public Uni<RestResponse<JobView>> cancel(@RestPath String id) {
        return change(id, JobAction.CANCEL, job -> lifecycle.cancel(job.id()));
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Cancel a job, as POST …/cancel does; the job and its items stay readable")
    public Uni<RestResponse<JobView>> delete(@RestPath String id) {
        return cancel(id);
    }

    private Uni<RestResponse<JobView>> change(
            String id, JobAction action, Function<JobDefinition, Uni<Transition>> transition) {
        JobRef ref = JobRef.parse(id);
        return jobs.find(ref)
                .chain(transition::apply)
                .chain(result -> views.find(ref).map(job -> answer(result, action, job)));
    }

    private static RestResponse<JobView> answer(Transition result, JobAction action, JobView job) {
        return switch (result) {
            case Transition.Done() -> answer(202, job).build();
            case Transition.AlreadyThere() ->
                answer(job.pendingAction() == null ? 200 : 202, job).build();
            case Transition.Impossible impossible -> throw conflict(impossible, action, job);
        };
    }

    private static ApiProblem conflict(Transition.Impossible impossible, JobAction action, JobView job) {
        return ApiProblem.of(
                        409,
                        "JOB_STATE_CONFLICT",
                        "Action not possible in this state",
                        "Job '" + job.jobName() + "' is " + impossible.status() + about(job) + "; " + action.rule()
                                + ".")
                .with("currentStatus", impossible.status())
                .with("allowedActions", job.allowedActions());
    }

    private static String about(JobView job) {
        return job.pendingAction() == null
                ? ""
                : ", and to " + job.pendingAction() + " as soon as nothing of it is in flight";
    }

    private static ResponseBuilder<JobView> answer(int status, JobView job) {
        return ResponseBuilder.create(RestResponse.Status.fromStatusCode(status), job)
                .header("ETag", "\"" + job.version() + "\"");
    }

    /** PostgreSQL keeps microseconds, so a cursor in microseconds loses nothing. */
    private static Cursor cursor(JobView job) {
        return new Cursor(ChronoUnit.MICROS.between(Instant.EPOCH, job.createdAt()), job.id());
    }

    private static JobPosition position(Cursor cursor) {
        return new JobPosition(Instant.EPOCH.plus(cursor.sortKey(), ChronoUnit.MICROS), cursor.id());
    }
}
