package io.hermes.orchestrator.outbox;

import io.hermes.orchestrator.outbox.TaskChannel.Fate;
import io.hermes.orchestrator.state.Wakeup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * Empties the outbox into the broker. Woken in-process after a dispatch, by NOTIFY from another replica, and every second in case
 * both were lost. One drain at a time per replica; any number of replicas.
 */
@ApplicationScoped
public class Relay {

    private static final Logger LOG = Logger.getLogger(Relay.class);
    private static final int LONGEST_PAUSE_MILLIS = 2000;
    private static final int SHORTEST_PAUSE_MILLIS = 200;

    private final RelayBatch batch;
    private final UnsendableTasks unsendable;
    private final Wakeup wakeup;

    Relay(RelayBatch batch, UnsendableTasks unsendable, Vertx vertx) {
        this.batch = batch;
        this.unsendable = unsendable;
        this.wakeup = new Wakeup(vertx, "relay", this::drain);
    }

    /** There may be unsent rows. */
    public void signal() {
        wakeup.signal();
    }

    @Scheduled(every = "1s", identity = "relay-poll", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> poll() {
        wakeup.signal();
        return Uni.createFrom().voidItem();
    }

    /** Sends until a batch is short. Pauses where the broker did not answer: the next signal or tick goes on. */
    Uni<Void> drain() {
        return batch.send().call(this::failUnsendable).chain(fates -> {
            if (fates.stream().anyMatch(Fate.Unknown.class::isInstance)) {
                return pause(fates);
            }
            return fates.size() == RelayBatch.SIZE ? drain() : Uni.createFrom().voidItem();
        });
    }

    private Uni<Void> failUnsendable(List<Fate> fates) {
        return Multi.createFrom()
                .iterable(fates)
                .select()
                .where(Fate.Hopeless.class::isInstance)
                .onItem()
                .transformToUniAndConcatenate(fate -> unsendable.fail(fate.row(), ((Fate.Hopeless) fate).why()))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Uni<Void> pause(List<Fate> fates) {
        long unsent = fates.stream().filter(Fate.Unknown.class::isInstance).count();
        LOG.warnf(
                "relay: the broker did not acknowledge %d of %d tasks; they stay in the outbox", unsent, fates.size());
        int millis = ThreadLocalRandom.current().nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);
        return Uni.createFrom().voidItem().onItem().delayIt().by(Duration.ofMillis(millis));
    }
}
