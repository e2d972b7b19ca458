package io.hermes.contract.event;

import io.hermes.contract.task.TaskRef;

/**
 * The source revision of a moved document is gone.
 *
 * @param ref the dispatch
 * @param durationMillis from slot to deletion
 * @param requests requests sent to both stores
 */
public record Released(TaskRef ref, long durationMillis, int requests) implements TaskEvent {}
