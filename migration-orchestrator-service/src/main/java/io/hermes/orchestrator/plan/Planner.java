package io.hermes.orchestrator.plan;

import jakarta.enterprise.context.ApplicationScoped;

/** Plans started jobs. */
@ApplicationScoped
public class Planner {

    /** A job may be waiting for its plan: look now rather than at the next tick. */
    public void signal() {}
}
