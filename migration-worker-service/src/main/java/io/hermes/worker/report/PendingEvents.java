package io.hermes.worker.report;

import io.hermes.contract.event.Heartbeat;
import io.hermes.contract.event.MigrationEvent;
import io.hermes.contract.event.Started;
import io.hermes.contract.event.TaskEvent;
import io.hermes.contract.task.TaskRef;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What waits to be sent. Outcomes go first come, first served; a start waits and vanishes when the task's outcome overtakes it; of
 * several heartbeats only the newest is worth sending.
 */
final class PendingEvents {

    /** Most events of one record; more make the next one. */
    static final int MOST = 500;

    private final Deque<Entry> urgent = new ArrayDeque<>();
    private final Map<TaskRef, Started> starts = new LinkedHashMap<>();
    private Entry heartbeat;
    private boolean startsDue;

    /** @return whether this is the first start that waits, so that somebody must wake us for it */
    synchronized boolean start(Started started) {
        starts.put(started.ref(), started);
        return starts.size() == 1;
    }

    synchronized void startsAreDue() {
        startsDue = true;
    }

    synchronized void add(TaskEvent event, UniEmitter<? super Void> done) {
        starts.remove(event.ref());
        urgent.add(new Entry(event, done));
    }

    synchronized void add(Heartbeat beat, UniEmitter<? super Void> done) {
        if (heartbeat != null) {
            heartbeat.acknowledged();
        }
        heartbeat = new Entry(beat, done);
    }

    /** Takes what is to be sent now, in order; empty if nothing is. */
    synchronized List<Entry> take() {
        List<Entry> taken = new ArrayList<>();
        if (startsDue) {
            takeStarts(taken);
        }
        while (!urgent.isEmpty() && taken.size() < MOST) {
            taken.add(urgent.poll());
        }
        if (heartbeat != null && taken.size() < MOST) {
            taken.add(heartbeat);
            heartbeat = null;
        }
        return taken;
    }

    /** Whether {@link #take} would find something. */
    synchronized boolean hasWork() {
        return !urgent.isEmpty() || heartbeat != null || (startsDue && !starts.isEmpty());
    }

    private void takeStarts(List<Entry> taken) {
        var left = starts.values().iterator();
        while (left.hasNext() && taken.size() < MOST) {
            taken.add(new Entry(left.next(), null));
            left.remove();
        }
        startsDue = !starts.isEmpty();
    }

    /**
     * An event and who waits for its acknowledgement.
     *
     * @param done {@code null} if nobody does
     */
    record Entry(MigrationEvent event, UniEmitter<? super Void> done) {

        void acknowledged() {
            if (done != null) {
                done.complete(null);
            }
        }

        void failed(Throwable failure) {
            if (done != null) {
                done.fail(failure);
            }
        }
    }
}
