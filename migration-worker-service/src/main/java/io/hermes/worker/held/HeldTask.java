package io.hermes.worker.held;

import io.hermes.contract.event.Heartbeat;
import io.hermes.contract.task.MigrationTask;
import io.hermes.contract.task.TaskRef;
import java.util.concurrent.atomic.AtomicLong;

/** A task that waits or runs here, and how far into its document the source was read. */
public final class HeldTask {

    private final MigrationTask task;
    private final Pace pace;
    private final AtomicLong furthest = new AtomicLong();

    HeldTask(MigrationTask task, Pace pace) {
        this.task = task;
        this.pace = pace;
    }

    /** A task that nobody else asks for. */
    public HeldTask(MigrationTask task) {
        this(task, new Pace());
    }

    /** The task as it was delivered. */
    public MigrationTask task() {
        return task;
    }

    /** The dispatch it belongs to. */
    public TaskRef ref() {
        return task.ref();
    }

    /**
     * Counts bytes that were read from the source.
     *
     * @param count so many
     * @param position up to here; a document that is read again begins at 0, and is no further back for it
     */
    public void read(long count, long position) {
        pace.read(count);
        furthest.accumulateAndGet(position, Math::max);
    }

    Heartbeat.Held view() {
        return new Heartbeat.Held(ref(), furthest.get());
    }
}
