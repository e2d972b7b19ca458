package io.hermes.contract.event;

import io.hermes.contract.task.TaskRef;
import java.util.List;

/**
 * A worker is alive and still holds these tasks, waiting or in flight: their leases are renewed.
 *
 * @param slots documents that this worker can transfer at once
 * @param inFlight documents that it is transferring
 * @param waiting tasks that wait for a slot
 * @param draining {@code true} once it takes no more tasks because it is shutting down
 * @param tasks every task held
 */
public record Heartbeat(int slots, int inFlight, int waiting, boolean draining, List<Held> tasks)
        implements MigrationEvent {

    public Heartbeat {
        tasks = List.copyOf(tasks);
    }

    /**
     * A task in the worker's hands.
     *
     * @param ref the dispatch
     * @param bytes bytes transferred so far, 0 while it waits
     */
    public record Held(TaskRef ref, long bytes) {}
}
