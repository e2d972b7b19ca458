package io.hermes.orchestrator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.hermes.orchestrator.view.TimelineView;
import java.util.List;

/**
 * A page of a timeline.
 *
 * @param count of this page
 * @param nextCursor absent on the last page
 */
public record TimelineList(
        List<TimelineView> entries,
        int count,
        @JsonInclude(JsonInclude.Include.NON_NULL) String nextCursor) {
    TimelineList(Pages.Page<TimelineView> page) {
        this(page.elements(), page.elements().size(), page.nextCursor());
    }
}
