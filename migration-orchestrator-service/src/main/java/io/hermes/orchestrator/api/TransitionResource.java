package io.hermes.orchestrator.api;

import io.hermes.edge.problem.ApiProblem;
import io.hermes.edge.security.Roles;
import io.hermes.orchestrator.job.Ids;
import io.hermes.orchestrator.job.JobAction;
import io.hermes.orchestrator.job.JobDefinition;
import io.hermes.orchestrator.job.JobRef;
import io.hermes.orchestrator.job.Jobs;
import io.hermes.orchestrator.job.Lifecycle;
import io.hermes.orchestrator.job.Retry;
import io.hermes.orchestrator.job.Skip;
import io.hermes.orchestrator.job.Transition;
import io.hermes.orchestrator.state.JobStatus;
import io.hermes.orchestrator.view.ItemViews;
import io.hermes.orchestrator.view.JobView;
import io.hermes.orchestrator.view.JobViews;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code /api/v2/migrations/jobs/{id}/…}: start, pause, resume, cancel, retry, and what concerns one document. */
@Path("/api/v2/migrations/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Jobs")
@APIResponse(
        responseCode = "202",
        description = "Done, or begun: 'pendingAction' says what is still on its way",
        content = @Content(schema = @Schema(implementation = JobView.class)))
@APIResponse(
        responseCode = "200",
        description = "It was so already",
        content = @Content(schema = @Schema(implementation = JobView.class)))
public class TransitionResource {

    private final Jobs jobs;
    private final JobViews views;
    private final Lifecycle lifecycle;
    private final Retry retry;
    private final Skip skip;
    private final ItemViews items;

    TransitionResource(Jobs jobs, JobViews views, Lifecycle lifecycle, Retry retry, Skip skip, ItemViews items) {
        this.jobs = jobs;
        this.views = views;
        this.lifecycle = lifecycle;
        this.retry = retry;
        this.skip = skip;
        this.items = items;
    }

    @POST
    @Path("{id}/start")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "jobStart", summary = "Start a pending job")
    public Uni<RestResponse<JobView>> start(@RestPath String id, @Context SecurityContext user) {
        return change(id, JobAction.START, job -> lifecycle.start(job.id(), name(user)));
    }

    @POST
    @Path("{id}/pause")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "jobPause", summary = "Pause a running job; what is in flight ends first")
    public Uni<RestResponse<JobView>> pause(@RestPath String id, @Context SecurityContext user) {
        return change(id, JobAction.PAUSE, job -> lifecycle.pause(job.id(), name(user)));
    }

    @POST
    @Path("{id}/resume")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "jobResume",
            summary = "Let a paused job go on where it stood, or call off a pause that is still on its way")
    public Uni<RestResponse<JobView>> resume(@RestPath String id, @Context SecurityContext user) {
        return change(id, JobAction.RESUME, job -> lifecycle.resume(job.id(), name(user)));
    }

    @POST
    @Path("{id}/retry")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "jobRetry",
            summary =
                    "Run a job again that ended with failures: all failed documents, and the rest of a plan that broke off")
    public Uni<RestResponse<JobView>> retry(@RestPath String id, @Context SecurityContext user) {
        return change(id, JobAction.RETRY, job -> retry.all(job, name(user)));
    }

    @POST
    @Path("{id}/items/retry")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "jobRetryItems",
            summary = "Try those failed documents once more that ended with one error code")
    public Uni<RestResponse<JobView>> retryItems(
            @RestPath String id, @NotNull @Valid RetryItems request, @Context SecurityContext user) {
        return change(id, JobAction.RETRY, job -> retry.withCode(job, request.errorCode(), name(user)));
    }

    @POST
    @Path("{id}/items/{itemId}/retry")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "jobRetryItem", summary = "Try one failed document once more")
    public Uni<RestResponse<JobView>> retryItem(
            @RestPath String id, @RestPath String itemId, @Context SecurityContext user) {
        long item = Ids.number(itemId);
        return change(
                id, JobAction.RETRY, job -> items.find(job.id(), item).chain(() -> retry.one(job, item, name(user))));
    }

    @POST
    @Path("{id}/items/{itemId}/skip")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "jobSkipItem", summary = "Go on without one document that waits or has failed")
    public Uni<RestResponse<JobView>> skipItem(
            @RestPath String id, @RestPath String itemId, @Context SecurityContext user) {
        long item = Ids.number(itemId);
        return change(
                id,
                JobAction.RETRY,
                job -> items.find(job.id(), item).chain(() -> skip.one(job.id(), item, name(user))));
    }

    @POST
    @Path("{id}/cancel")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "jobCancel", summary = "Cancel a job; what is in flight ends first")
    public Uni<RestResponse<JobView>> cancel(@RestPath String id, @Context SecurityContext user) {
        return change(id, JobAction.CANCEL, job -> lifecycle.cancel(job.id(), name(user)));
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "jobDelete",
            summary = "Cancel a job, as POST …/cancel does; the job and its items stay readable")
    public Uni<RestResponse<JobView>> delete(@RestPath String id, @Context SecurityContext user) {
        return cancel(id, user);
    }

    private static String name(SecurityContext user) {
        return user.getUserPrincipal().getName();
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
            case Transition.Done() -> JobAnswer.of(202, job).build();
            case Transition.AlreadyThere() ->
                JobAnswer.of(job.pendingAction() == null ? 200 : 202, job).build();
            case Transition.Impossible impossible -> throw conflict(impossible, action, job);
        };
    }

    private static ApiProblem conflict(Transition.Impossible impossible, JobAction action, JobView job) {
        return ApiProblem.of(
                        409,
                        "JOB_STATE_CONFLICT",
                        "Action not possible in this state",
                        "Job '" + job.jobName() + "' is " + job.status() + "; " + why(job, action) + ".")
                .with("currentStatus", job.status())
                .with("allowedActions", job.allowedActions());
    }

    private static String why(JobView job, JobAction action) {
        return job.pendingAction() == null
                ? action.rule(JobStatus.of(job.status()))
                : "it is to " + job.pendingAction()
                        + " as soon as nothing of it is in flight, and takes no other orders until then";
    }
}
