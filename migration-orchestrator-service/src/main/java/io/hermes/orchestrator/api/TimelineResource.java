package io.hermes.orchestrator.api;

import io.hermes.edge.security.Roles;
import io.hermes.orchestrator.api.CursorCodec.Cursor;
import io.hermes.orchestrator.job.JobDefinition;
import io.hermes.orchestrator.job.JobRef;
import io.hermes.orchestrator.job.Jobs;
import io.hermes.orchestrator.view.TimelineView;
import io.hermes.orchestrator.view.TimelineViews;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code …/jobs/{id}/timeline}: who did what when. */
@Path("/api/v2/migrations/jobs/{id}/timeline")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Jobs")
public class TimelineResource {

    private static final int STANDARD = 100;
    private static final int MOST = 1000;

    private final Jobs jobs;
    private final TimelineViews views;
    private final CursorCodec cursors;

    TimelineResource(Jobs jobs, TimelineViews views, CursorCodec cursors) {
        this.jobs = jobs;
        this.views = views;
        this.cursors = cursors;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    @Operation(
            operationId = "jobTimeline",
            summary = "What happened to a job, oldest first: who did what when, in sentences")
    public Uni<RestResponse<TimelineList>> list(
            @RestPath String id,
            @Parameter(
                            description = "Most entries of a page",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "" + MOST,
                                            defaultValue = "" + STANDARD))
                    @RestQuery
                    String limit,
            @RestQuery String cursor,
            @Context UriInfo uri) {
        QueryReader reader = new QueryReader();
        int most = reader.limit(limit, STANDARD, MOST);
        reader.check();
        return jobs.find(JobRef.parse(id))
                .map(JobDefinition::id)
                .chain(job -> page(job, most, Optional.ofNullable(cursor)))
                .map(page -> Pages.answer(new TimelineList(page), page.nextCursor(), uri));
    }

    private Uni<Pages.Page<TimelineView>> page(long job, int limit, Optional<String> cursor) {
        String scope = "timeline " + job;
        long after = cursor.map(text -> cursors.read(text, scope).id()).orElse(0L);
        return views.page(job, after, limit + 1)
                .map(found -> Pages.Page.cut(found, limit, last -> cursors.write(new Cursor(0, last.id()), scope)));
    }
}
