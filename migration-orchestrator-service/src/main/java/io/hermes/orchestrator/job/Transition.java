package io.hermes.orchestrator.job;

/** What became of a user's wish to change a job's status. */
public sealed interface Transition {

    /** It happened, or was noted and happens as soon as nothing of the job is in flight. */
    record Done() implements Transition {}

    /** The job is there already, or on its way; nothing was changed. */
    record AlreadyThere() implements Transition {}

    /**
     * The job's status does not allow it.
     *
     * @param status the status, or {@code absent} if there is no such job
     */
    record Impossible(String status) implements Transition {}
}
