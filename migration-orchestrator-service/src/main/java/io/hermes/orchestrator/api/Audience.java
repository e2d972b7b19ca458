package io.hermes.orchestrator.api;

import io.hermes.orchestrator.view.ProgressView;
import jakarta.enterprise.context.RequestScoped;

/** What {@link WatchAdmission} found out about a request to watch a job. */
@RequestScoped
class Audience {

    private ProgressView first;
    private boolean known;

    void admit(ProgressView seen, boolean before) {
        this.first = seen;
        this.known = before;
    }

    /** The job as it stands. */
    ProgressView first() {
        return first;
    }

    /** Whether the listener has seen that before. */
    boolean known() {
        return known;
    }
}
