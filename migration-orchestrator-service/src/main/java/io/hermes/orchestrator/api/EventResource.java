package io.hermes.orchestrator.api;

import io.hermes.edge.security.Roles;
import io.hermes.orchestrator.view.ProgressView;
import io.hermes.orchestrator.watch.JobWatches;
import io.hermes.orchestrator.watch.Notice;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** {@code …/jobs/{id}/events}: a job, live. */
@Path("/api/v2/migrations/jobs/{id}/events")
@Tag(name = "Jobs")
public class EventResource {

    private static final long RECONNECT_MILLIS = 3000;

    private final JobWatches watches;
    private final Audience audience;

    EventResource(JobWatches watches, Audience audience) {
        this.watches = watches;
        this.audience = audience;
    }

    @GET
    @Watched
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @ResponseHeader(name = "X-Accel-Buffering", value = "no")
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            operationId = "jobEvents",
            summary = "A job live, as server-sent events",
            description =
                    "At once, and then at most twice a second, the job's progress: as event 'progress', as 'status' if its status has"
                            + " changed, and as 'end', after which the stream ends, when the job has. Each has the job's sequence as its id;"
                            + " Last-Event-ID goes on behind it, and is answered with 204 if that was the end.")
    @APIResponse(
            responseCode = "200",
            description = "Events whose data is the progress",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = ProgressView.class)))
    @APIResponse(responseCode = "204", description = "The job has ended, and Last-Event-ID was its last event")
    public Multi<OutboundSseEvent> events(
            @RestPath String id, @RestHeader("Last-Event-ID") String lastEventId, @Context Sse sse) {
        return watches.watch(audience.first(), audience.known()).map(notice -> event(sse, notice));
    }

    private static OutboundSseEvent event(Sse sse, Notice notice) {
        return switch (notice) {
            case Notice.Silence silence ->
                sse.newEventBuilder().comment("nothing new").build();
            case Notice.Told told ->
                sse.newEventBuilder()
                        .id(Long.toString(told.progress().sequence()))
                        .name(told.kind().word())
                        .reconnectDelay(RECONNECT_MILLIS)
                        .data(told.progress())
                        .build();
        };
    }
}
