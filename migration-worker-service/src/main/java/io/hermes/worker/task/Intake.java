package io.hermes.worker.task;

import io.hermes.worker.WorkerConfig;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * Takes records as long as there is room for them and acknowledges each when its outcome is acknowledged. Nothing is ever nacked: a
 * record that has no end yet is simply not acknowledged, and comes again after a restart.
 *
 * <p>The channel is subscribed by hand, because the topics are declared first and because a drained worker must stop taking records
 * while those in flight still get acknowledged.
 */
@ApplicationScoped
public class Intake {

    private static final Logger LOG = Logger.getLogger(Intake.class);

    /**
     * Tasks whose outcome waits for its acknowledgement. They hold neither a slot nor a place in the waiting room: outcomes are told in
     * records, several times a second, and a quick worker ends hundreds of documents meanwhile.
     */
    private static final int MOST_UNACKNOWLEDGED = 1000;

    private final Multi<Message<byte[]>> records;
    private final TaskReader reader;
    private final DeadLetters deadLetters;
    private final Tasks tasks;
    private final WaitingRoom room;
    private final int mostInHand;
    private volatile boolean closed;

    Intake(
            @Channel("tasks") Multi<Message<byte[]>> records,
            TaskReader reader,
            DeadLetters deadLetters,
            Tasks tasks,
            WaitingRoom room,
            WorkerConfig config) {
        this.records = records;
        this.reader = reader;
        this.deadLetters = deadLetters;
        this.tasks = tasks;
        this.room = room;
        this.mostInHand = config.slots() + config.waitingRoom();
    }

    /** Begins to take records. */
    public Cancellable open() {
        return records.onItem()
                .transformToUni(this::takeInHand)
                .merge(mostInHand)
                .onItem()
                .transformToUni(Function.identity())
                .merge(MOST_UNACKNOWLEDGED)
                .subscribe()
                .with(nothing -> {}, failure -> LOG.error("the task stream ended; the watchdog restarts us", failure));
    }

    /** Takes no more records and starts no more work. What is in flight may end and is acknowledged. */
    public void close() {
        closed = true;
        room.close();
    }

    /** Tasks whose transfer has begun and whose outcome is not acknowledged yet. */
    public int unfinished() {
        return tasks.unfinished().count();
    }

    /** Waits until there are none; {@code false} if that took too long. Blocks. */
    public boolean awaitUnfinished(Duration atMost) {
        return tasks.unfinished().awaitNone(atMost);
    }

    /** Ends when the task gives its place to the next one, with what ends when its record is acknowledged. */
    private Uni<Uni<Void>> takeInHand(Message<byte[]> message) {
        if (closed) {
            return Uni.createFrom().nothing();
        }
        return Uni.createFrom().emitter(place -> {
            CompletableFuture<Void> settled = new CompletableFuture<>();
            Runnable outOfHand = () -> place.complete(Uni.createFrom().completionStage(settled));
            settle(message, outOfHand).subscribe().with(nothing -> {
                settled.complete(null);
                outOfHand.run();
            });
        });
    }

    private Uni<Void> settle(Message<byte[]> message, Runnable outOfHand) {
        return end(message, outOfHand)
                .chain(() -> Uni.createFrom().completionStage(message::ack))
                .onFailure()
                .invoke(failure -> LOG.error("a task record stays unacknowledged and comes again", failure))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> end(Message<byte[]> message, Runnable outOfHand) {
        return switch (reader.read(message.getPayload())) {
            case TaskRecord.Readable readable -> tasks.run(readable.task(), outOfHand);
            case TaskRecord.Unreadable unreadable -> deadLetters.put(message, unreadable.reason());
        };
    }
}
