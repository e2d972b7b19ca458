package io.hermes.registry.outbox;

import io.hermes.contract.topic.Topic;
import io.hermes.edge.topic.TopicDeclaration;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Empties the outbox into the broker, on any number of replicas. A batch is taken, sent, and deleted once the broker has acknowledged it,
 * all in one transaction, which waits for the broker ten seconds at most; if the process dies here, it is sent again, and whoever has
 * heard of this version ignores it. Nothing else waits: without a broker the registry works, and the rows do the waiting.
 */
@ApplicationScoped
public class Relay {

    private static final Logger LOG = Logger.getLogger(Relay.class);
    private static final int BATCH = 100;
    private static final List<Topic> TOPICS = List.of(Topic.PROVIDER_EVENTS);

    private final Pool pool;
    private final OutboxRows rows;
    private final ProviderChannel channel;
    private final TopicDeclaration topics;

    Relay(Pool pool, OutboxRows rows, ProviderChannel channel, TopicDeclaration topics) {
        this.pool = pool;
        this.rows = rows;
        this.channel = channel;
        this.topics = topics;
    }

    /**
     * One batch.
     *
     * @param taken rows that were sent
     * @param acknowledged those that the broker has, and that are gone from the table
     */
    private record Batch(int taken, int acknowledged) {

        boolean isWhole() {
            return taken == acknowledged;
        }
    }

    void start(@Observes StartupEvent started) {
        topics.declare(TOPICS)
                .subscribe()
                .with(done -> LOG.debug("topic declared"), failed -> LOG.error("the topic cannot be declared", failed));
    }

    @Scheduled(
            every = "${hermes.provider-events.tick:1s}",
            identity = "provider-events",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> tick() {
        return drain().onFailure()
                .invoke(failed -> LOG.warnf("changes of providers are not told yet: %s", failed.toString()))
                .onFailure()
                .recoverWithNull();
    }

    /** Sends until nothing is left, or the broker does not answer. */
    Uni<Void> drain() {
        return batch().chain(batch -> {
            if (!batch.isWhole()) {
                return awaitBroker(batch);
            }
            return batch.taken() == 0 ? Uni.createFrom().voidItem() : drain();
        });
    }

    /** There is nothing else to do until the broker answers again; it may have lost the topic. */
    private Uni<Void> awaitBroker(Batch batch) {
        LOG.warnf(
                "the broker did not acknowledge %d of %d changes of providers; they stay in the outbox",
                batch.taken() - batch.acknowledged(), batch.taken());
        return topics.declare(TOPICS);
    }

    private Uni<Batch> batch() {
        return pool.withTransaction(tx -> rows.claim(tx, BATCH).chain(claimed -> send(tx, claimed)));
    }

    private Uni<Batch> send(SqlConnection tx, List<OutboxRow> claimed) {
        return Multi.createFrom()
                .iterable(claimed)
                .onItem()
                .transformToUni(this::acknowledged)
                .merge(BATCH)
                .collect()
                .asList()
                .map(told -> told.stream().flatMap(List::stream).toList())
                .call(told -> rows.delete(tx, told))
                .map(told -> new Batch(claimed.size(), told.size()));
    }

    private Uni<List<OutboxRow>> acknowledged(OutboxRow row) {
        return channel.send(row)
                .replaceWith(List.of(row))
                .onFailure()
                .invoke(failed -> LOG.debugf("provider=%s: %s", row.event().providerName(), failed))
                .onFailure()
                .recoverWithItem(List.of());
    }
}
