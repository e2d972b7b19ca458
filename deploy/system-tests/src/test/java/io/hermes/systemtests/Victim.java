package io.hermes.systemtests;

import io.hermes.stack.StackDescription;

/** A process that is killed while the job runs. */
enum Victim {
    FIRST_WORKER,
    SECOND_WORKER,
    ORCHESTRATOR,
    POSTGRES;

    /** Its process as the stack publishes it now; 0 between a death and the next start. */
    long pid(StackDescription stack) {
        return switch (this) {
            case FIRST_WORKER -> stack.workers().getFirst().pid();
            case SECOND_WORKER -> stack.workers().getLast().pid();
            case ORCHESTRATOR -> stack.orchestrator().pid();
            case POSTGRES -> stack.postgres().pid();
        };
    }
}
