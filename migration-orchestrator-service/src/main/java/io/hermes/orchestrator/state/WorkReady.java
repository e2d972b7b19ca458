package io.hermes.orchestrator.state;

import java.util.Collection;
import java.util.List;

/**
 * An event within the process: these jobs may have something to dispatch, and room for it. Fired after the commit; a lost one is
 * made up for by a tick.
 */
public record WorkReady(List<Long> jobIds) {

    public WorkReady {
        jobIds = List.copyOf(jobIds);
    }

    /** Of one job. */
    public static WorkReady of(long jobId) {
        return new WorkReady(List.of(jobId));
    }

    /** Of several. */
    public static WorkReady of(Collection<Long> jobIds) {
        return new WorkReady(List.copyOf(jobIds));
    }
}
