package io.hermes.orchestrator.state;

import java.util.Optional;

/** Where the look at the destination stands, once every document of a job has ended. */
sealed interface Validation {

    /** The job does not end before it is over. */
    record UnderWay() implements Validation {}

    /**
     * The job ends.
     *
     * @param trouble what it found wrong, as the job's reason; empty if nothing, or if nobody was to look
     */
    record Over(Optional<String> trouble) implements Validation {

        /** Documents that arrived and are not there any more, or not as they were, make no success. */
        Outcome outcome(Outcome ofDocuments) {
            return trouble.isPresent() && ofDocuments == Outcome.SUCCESS ? Outcome.PARTIAL : ofDocuments;
        }
    }
}
