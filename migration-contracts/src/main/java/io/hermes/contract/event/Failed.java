package io.hermes.contract.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.hermes.contract.task.TaskRef;

/**
 * The attempt failed, and not because of an outage. It counts against {@code max_attempts}.
 *
 * @param ref the dispatch
 * @param code what went wrong
 * @param message one sentence for people, without secrets and without anything a store answered
 * @param retryable whether another attempt may help; usually {@link ErrorCode#retryable()}
 * @param retryAfterMillis the least wait that the store asked for, {@code null} if it asked for none
 * @param durationMillis from slot to failure
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Failed(
        TaskRef ref, ErrorCode code, String message, boolean retryable, Long retryAfterMillis, long durationMillis)
        implements TaskEvent {}
