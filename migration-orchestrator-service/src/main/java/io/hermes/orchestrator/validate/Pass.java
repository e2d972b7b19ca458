package io.hermes.orchestrator.validate;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** One look at a destination, in steps that can each be resumed. */
interface Pass {

    /** Where it begins. */
    Stage first();

    /** Takes a step and commits what it found. Ends with the next stage, or empty when the look is over or not ours any more. */
    Uni<Optional<Stage>> step(Stage stage);
}
