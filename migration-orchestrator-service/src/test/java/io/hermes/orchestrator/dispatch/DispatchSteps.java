package io.hermes.orchestrator.dispatch;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Dispatching, step by step, for tests that say themselves when something happens. */
@ApplicationScoped
public class DispatchSteps {

    private final Dispatcher dispatcher;
    private final DueScan dueScan;

    DispatchSteps(Dispatcher dispatcher, DueScan dueScan) {
        this.dispatcher = dispatcher;
        this.dueScan = dueScan;
    }

    /** Fills the window of a job. */
    public Uni<Void> fill(long job) {
        return dispatcher.fill(job);
    }

    /** Looks for items whose time has come. */
    public Uni<Void> due() {
        return dueScan.tick();
    }
}
