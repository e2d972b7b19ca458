package io.hermes.worker.task;

import io.hermes.contract.task.MigrationTask;

/** What a record on the task topic turns out to be. */
sealed interface TaskRecord {

    /** A task of a version and kind that we know. */
    record Readable(MigrationTask task) implements TaskRecord {}

    /**
     * Anything else.
     *
     * @param reason one sentence for whoever looks at the dead letters; nothing of the record is repeated in it
     */
    record Unreadable(String reason) implements TaskRecord {}
}
