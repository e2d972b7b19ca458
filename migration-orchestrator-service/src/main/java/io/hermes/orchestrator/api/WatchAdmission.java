package io.hermes.orchestrator.api;

import io.hermes.edge.problem.Violation;
import io.hermes.orchestrator.job.JobDefinition;
import io.hermes.orchestrator.job.JobRef;
import io.hermes.orchestrator.job.Jobs;
import io.hermes.orchestrator.view.ProgressView;
import io.hermes.orchestrator.view.ProgressViews;
import io.hermes.orchestrator.watch.JobWatches;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Decides who may watch a job, before the stream begins. */
@ApplicationScoped
class WatchAdmission {

    private static final Pattern SEQUENCE = Pattern.compile("[0-9]{1,18}");

    private final Jobs jobs;
    private final ProgressViews views;
    private final JobWatches watches;
    private final Audience audience;

    WatchAdmission(Jobs jobs, ProgressViews views, JobWatches watches, Audience audience) {
        this.jobs = jobs;
        this.views = views;
        this.watches = watches;
        this.audience = audience;
    }

    /** Goes on, or answers 204 if the listener has seen the job's end: browsers then stop coming back. */
    @Watched
    @ServerRequestFilter
    Uni<Response> admit(ContainerRequestContext request) {
        OptionalLong seen = lastEventId(request.getHeaderString(HttpHeaders.LAST_EVENT_ID_HEADER));
        JobRef ref = JobRef.parse(request.getUriInfo().getPathParameters().getFirst("id"));
        return jobs.find(ref)
                .map(JobDefinition::id)
                .invoke(watches::requireRoom)
                .chain(views::find)
                .map(progress -> answer(progress, seen));
    }

    private Response answer(ProgressView progress, OptionalLong seen) {
        boolean known = seen.isPresent() && seen.getAsLong() == progress.sequence();
        audience.admit(progress, known);
        return known && progress.ended() ? Response.noContent().build() : null;
    }

    private static OptionalLong lastEventId(String header) {
        if (header == null || header.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!SEQUENCE.matcher(header).matches()) {
            throw Violation.problem(List.of(new Violation(
                    HttpHeaders.LAST_EVENT_ID_HEADER, "header", "must be the id of an event of this job")));
        }
        return OptionalLong.of(Long.parseLong(header));
    }
}
