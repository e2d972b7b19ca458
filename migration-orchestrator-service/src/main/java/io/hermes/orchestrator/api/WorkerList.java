package io.hermes.orchestrator.api;

import io.hermes.orchestrator.view.WorkerView;
import java.util.List;

/** All workers known. */
public record WorkerList(List<WorkerView> workers, int count) {
    WorkerList(List<WorkerView> workers) {
        this(workers, workers.size());
    }
}
