package io.hermes.orchestrator.sweep;

import io.hermes.contract.topic.Topic;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Nullable;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * How many tasks lie in the broker that the workers have not committed, as of the last look: those that no worker has taken, and those
 * that are in hand. Asked every few seconds and never for a request.
 */
@ApplicationScoped
public class ConsumerLag {

    private static final Logger LOG = Logger.getLogger(ConsumerLag.class);

    private final BrokerOffsets broker;
    private volatile @Nullable Long tasks;

    ConsumerLag(BrokerOffsets broker) {
        this.broker = broker;
    }

    /** {@code null} before the first look and while the broker cannot be asked. */
    public @Nullable Long tasks() {
        return tasks;
    }

    @Scheduled(
            every = "${hermes.migration.gauge-interval:10s}",
            identity = "consumer-lag",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> look() {
        return broker.passed(Topic.WORKER_GROUP, Topic.TASKS)
                .chain(committed -> broker.ends(Topic.TASKS).map(ends -> ends.beyond(committed)))
                .invoke(lag -> tasks = lag)
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(this::blind);
    }

    private Uni<Void> blind(Throwable failure) {
        LOG.debug("the lag of the workers cannot be asked", failure);
        tasks = null;
        return Uni.createFrom().voidItem();
    }
}
