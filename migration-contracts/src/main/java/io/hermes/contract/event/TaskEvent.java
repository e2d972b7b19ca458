package io.hermes.contract.event;

import io.hermes.contract.task.TaskRef;

/** An event about one task. */
public sealed interface TaskEvent extends MigrationEvent
        permits Started, Succeeded, Compared, Skipped, Failed, Deferred, Released {

    /** The dispatch it answers, as the task carried it. */
    TaskRef ref();
}
