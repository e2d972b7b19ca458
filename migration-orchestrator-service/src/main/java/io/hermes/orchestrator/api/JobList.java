package io.hermes.orchestrator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.hermes.orchestrator.view.JobView;
import java.util.List;

/**
 * A page of jobs.
 *
 * @param count of this page
 * @param nextCursor absent on the last page
 */
public record JobList(
        List<JobView> jobs,
        int count,
        @JsonInclude(JsonInclude.Include.NON_NULL) String nextCursor) {
    JobList(Pages.Page<JobView> page) {
        this(page.elements(), page.elements().size(), page.nextCursor());
    }
}
