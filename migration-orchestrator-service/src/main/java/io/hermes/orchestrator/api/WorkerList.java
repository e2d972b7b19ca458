package io.hermes.orchestrator.api;

import io.hermes.orchestrator.view.WorkerView;
import jakarta.annotation.Nullable;
import java.util.List;

/**
 * All workers known.
 *
 * @param consumerLag tasks that lie in the broker and that the workers have not committed, {@code null} while unknown
 */
public record WorkerList(List<WorkerView> workers, int count, Long consumerLag) {
    WorkerList(List<WorkerView> workers, @Nullable Long consumerLag) {
        this(workers, workers.size(), consumerLag);
    }
}
