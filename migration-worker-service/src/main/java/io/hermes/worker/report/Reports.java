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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Collects events and keeps exactly one record under way: an idle worker sends at once, a busy one fills the next record while the
 * last is being acknowledged. So batching costs no waiting.
 */
@ApplicationScoped
public class Reports {

    private final EventTopic topic;
    private final Duration startedDelay;
    private final ScheduledExecutorService timer = Infrastructure.getDefaultWorkerPool();
    private final PendingEvents pending = new PendingEvents();
    private final AtomicBoolean sending = new AtomicBoolean();

    Reports(EventTopic topic, WorkerConfig config) {
        this.topic = topic;
        this.startedDelay = config.startedDelay();
    }

    /** Says that a slot was given to the task; soon, or never if the outcome is quicker. */
    public void started(TaskRef ref) {
        if (pending.start(new Started(ref, null))) {
            var wake = timer.schedule(this::sendStarts, startedDelay.toMillis(), TimeUnit.MILLISECONDS);
            assert wake != null;
        }
    }

    /** Sends an event of a task at once; completes when the broker has acknowledged it. */
    public Uni<Void> tell(TaskEvent event) {
        return Uni.createFrom().emitter(done -> {
            pending.add(event, done);
            sendNext();
        });
    }

    /** Sends a sign of life; completes when the broker has acknowledged it or a newer one took its place. */
    public Uni<Void> tell(Heartbeat beat) {
        return Uni.createFrom().emitter(done -> {
            pending.add(beat, done);
            sendNext();
        });
    }

    private void sendStarts() {
        pending.startsAreDue();
        sendNext();
    }

    private void sendNext() {
        if (!sending.compareAndSet(false, true)) {
            return;
        }
        List<PendingEvents.Entry> batch = pending.take();
        if (batch.isEmpty()) {
            sending.set(false);
            sendWhatCameMeanwhile();
            return;
        }
        List<MigrationEvent> events =
                batch.stream().map(PendingEvents.Entry::event).toList();
        topic.send(events).subscribe().with(sent -> acknowledged(batch), failure -> failed(batch, failure));
    }

    private void sendWhatCameMeanwhile() {
        if (pending.hasWork()) {
            sendNext();
        }
    }

    private void acknowledged(List<PendingEvents.Entry> batch) {
        sending.set(false);
        timer.execute(this::sendNext);
        for (PendingEvents.Entry entry : batch) {
            entry.acknowledged();
        }
    }

    /** Only a defect of ours ends here, since sending is retried for ever: nothing is acknowledged, everything comes again. */
    private void failed(List<PendingEvents.Entry> batch, Throwable failure) {
        sending.set(false);
        timer.execute(this::sendNext);
        for (PendingEvents.Entry entry : batch) {
            entry.failed(failure);
        }
    }
}
