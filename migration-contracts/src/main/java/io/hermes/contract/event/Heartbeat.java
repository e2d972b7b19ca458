package io.hermes.contract.event;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param throughput what it did since the heartbeat before, {@code null} from workers that do not tell
 * @param version of the worker's software, {@code null} likewise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Heartbeat(
        int slots, int inFlight, int waiting, boolean draining, List<Held> tasks, Throughput throughput, String version)
        implements MigrationEvent {

    public Heartbeat {
        tasks = List.copyOf(tasks);
    }

    /**
     * A task in the worker's hands.
     *
     * @param ref the dispatch
     * @param bytes how far into the document the source was read, 0 while the task waits; never falls while it is held
     */
    public record Held(TaskRef ref, long bytes) {}

    /**
     * How quick the worker is, by its own clock.
     *
     * @param documents tasks brought to an end, a second
     * @param bytes bytes read from sources, a second; also those of documents that did not end yet, or ended badly
     */
    public record Throughput(double documents, double bytes) {}
}
