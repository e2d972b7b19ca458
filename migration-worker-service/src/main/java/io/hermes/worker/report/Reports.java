package io.hermes.worker.report;

import io.hermes.contract.event.Heartbeat;
import io.hermes.contract.event.MigrationEvent;
import io.hermes.contract.event.Started;
import io.hermes.contract.event.TaskEvent;
import io.hermes.contract.task.TaskRef;
import io.hermes.worker.WorkerConfig;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Collects events and keeps exactly one record under way: an idle worker sends at once, a busy one fills the next record while the
 * last is being acknowledged, and for a moment longer, since every record costs the broker and the projector the same whatever it holds.
 * Nobody waits for that: a slot is free before its outcome is told.
 */
@ApplicationScoped
public class Reports {

    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final Function<List<MigrationEvent>, Uni<Void>> send;
    private final Duration startedDelay;
    private final long intervalNanos;
    private final ScheduledExecutorService timer;
    private final PendingEvents pending = new PendingEvents();
    private boolean sending;
    private long notBefore = System.nanoTime();
    private Future<?> wake = CompletableFuture.completedFuture(null);

    @Inject
    Reports(EventTopic topic, WorkerConfig config) {
        this(topic::send, config.startedDelay(), config.reportInterval(), Infrastructure.getDefaultWorkerPool());
    }

    /**
     * @param send completes when the broker has acknowledged all of them
     * @param timer need not know delays below a millisecond: Quarkus' own refuses them on an event loop
     */
    Reports(
            Function<List<MigrationEvent>, Uni<Void>> send,
            Duration startedDelay,
            Duration interval,
            ScheduledExecutorService timer) {
        this.send = send;
        this.startedDelay = startedDelay;
        this.intervalNanos = interval.toNanos();
        this.timer = timer;
    }

    /** Says that a slot was given to the task; soon, or never if the outcome is quicker. */
    public void started(TaskRef ref) {
        if (pending.start(new Started(ref, null))) {
            var wake = timer.schedule(this::sendStarts, startedDelay.toMillis(), TimeUnit.MILLISECONDS);
            assert wake != null;
        }
    }

    /** Sends an event of a task soon; completes when the broker has acknowledged it. */
    public Uni<Void> tell(TaskEvent event) {
        return Uni.createFrom().emitter(done -> {
            pending.add(event, done);
            sendNext();
        });
    }

    /** Sends the start of a task that goes on when it is acknowledged, and until then keeps its slot. */
    public Uni<Void> tellAtOnce(Started started) {
        return Uni.createFrom().emitter(done -> {
            pending.add(started, done);
            sendAtOnce();
        });
    }

    /** Sends a sign of life, the last one at once; completes when the broker has acknowledged it or a newer one took its place. */
    public Uni<Void> tell(Heartbeat beat) {
        return Uni.createFrom().emitter(done -> {
            pending.add(beat, done);
            if (beat.draining()) {
                sendAtOnce();
            } else {
                sendNext();
            }
        });
    }

    private void sendStarts() {
        pending.startsAreDue();
        sendNext();
    }

    private void sendNext() {
        if (pending.hasWork() && begin()) {
            send();
        }
    }

    private void sendAtOnce() {
        if (hurry()) {
            send();
        }
    }

    /** Begins a record unless one is under way; {@code false} if somebody else sends it, or a timer will when its time has come. */
    private synchronized boolean begin() {
        if (sending) {
            return false;
        }
        long early = notBefore - System.nanoTime();
        if (early > 0) {
            wake = timer.schedule(this::send, Math.ceilDiv(early, NANOS_PER_MILLI), TimeUnit.MILLISECONDS);
        }
        sending = true;
        return early <= 0;
    }

    /** Begins a record now, or takes over from the timer; one that is under way is followed by the next without a pause. */
    private synchronized boolean hurry() {
        notBefore = System.nanoTime();
        return wake.cancel(false) || begin();
    }

    /** The pause is noted before anything is taken, so that whoever comes too late for this record may still hurry the next. */
    private void send() {
        pause();
        List<PendingEvents.Entry> batch = pending.take();
        if (batch.isEmpty()) {
            end();
            sendNext();
            return;
        }
        List<MigrationEvent> events =
                batch.stream().map(PendingEvents.Entry::event).toList();
        send.apply(events).subscribe().with(sent -> acknowledged(batch), failure -> failed(batch, failure));
    }

    private synchronized void pause() {
        notBefore = System.nanoTime() + intervalNanos;
    }

    private synchronized void end() {
        sending = false;
    }

    private void acknowledged(List<PendingEvents.Entry> batch) {
        end();
        timer.execute(this::sendNext);
        for (PendingEvents.Entry entry : batch) {
            entry.acknowledged();
        }
    }

    /** Only a defect of ours ends here, since sending is retried for ever: nothing is acknowledged, everything comes again. */
    private void failed(List<PendingEvents.Entry> batch, Throwable failure) {
        end();
        timer.execute(this::sendNext);
        for (PendingEvents.Entry entry : batch) {
            entry.failed(failure);
        }
    }
}
