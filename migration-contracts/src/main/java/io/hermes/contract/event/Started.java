package io.hermes.contract.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.hermes.contract.task.TaskRef;

/**
 * A slot was given to the task: the lease proper begins. Sent with the next flush and left out when the outcome goes in that
 * flush; but sent at once, and its acknowledgement awaited, before a destination document is replaced.
 *
 * @param ref the dispatch
 * @param replacedRevision the destination revision about to be replaced, {@code null} if none; the orchestrator keeps the first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Started(TaskRef ref, String replacedRevision) implements TaskEvent {}
