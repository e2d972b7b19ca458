package io.hermes.orchestrator.api;

import io.hermes.edge.version.VersionTag;
import io.hermes.orchestrator.view.JobView;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** A job as an answer, with the tag of its definition. */
final class JobAnswer {

    private JobAnswer() {}

    static ResponseBuilder<JobView> of(int status, JobView job) {
        return ResponseBuilder.create(RestResponse.Status.fromStatusCode(status), job)
                .header(HttpHeaders.ETAG, VersionTag.of(job.version()));
    }
}
