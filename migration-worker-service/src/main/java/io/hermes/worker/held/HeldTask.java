package io.hermes.worker.held;

import io.hermes.contract.event.Heartbeat;
import io.hermes.contract.task.MigrationTask;
import io.hermes.contract.task.TaskRef;
import java.util.concurrent.atomic.AtomicLong;

/** A task that waits or runs here, with the bytes moved so far. */
public final class HeldTask {

    private final MigrationTask task;
    private final AtomicLong bytes = new AtomicLong();

    public HeldTask(MigrationTask task) {
        this.task = task;
    }

    /** The task as it was delivered. */
    public MigrationTask task() {
        return task;
    }

    /** The dispatch it belongs to. */
    public TaskRef ref() {
        return task.ref();
    }

    /** Counts bytes that were read from the source. */
    public void moved(long count) {
        bytes.addAndGet(count);
    }

    Heartbeat.Held view() {
        return new Heartbeat.Held(ref(), bytes.get());
    }
}
