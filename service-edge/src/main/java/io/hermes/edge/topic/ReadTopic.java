package io.hermes.edge.topic;

import io.hermes.contract.topic.Topic;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.impl.ReactiveKafkaConsumer;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jboss.logging.Logger;

/**
 * A topic that a channel reads, and that somebody may delete. It is made again, and its reader begins anew: offsets begin at 0 again, and
 * a consumer that had come to 500 in the old topic acknowledges nothing in the new one before it is past 500. Whoever waits for what
 * it has committed would wait as long.
 */
public final class ReadTopic {

    private static final Logger LOG = Logger.getLogger(ReadTopic.class);

    private final TopicDeclaration topics;
    private final KafkaClientService consumers;
    private final Topic topic;
    private final String channel;
    private volatile Uuid known;

    /** @param channel the incoming channel that reads the topic */
    public ReadTopic(TopicDeclaration topics, KafkaClientService consumers, Topic topic, String channel) {
        this.topics = topics;
        this.consumers = consumers;
        this.topic = topic;
        this.channel = channel;
    }

    /** Looks once; to be called now and then, and not twice at a time. Never fails: the next look tries again. */
    public Uni<Void> look() {
        return topics.incarnation(topic)
                .chain(found -> known == null || known.equals(found)
                        ? Uni.createFrom().item(found)
                        : beginAnew().replaceWith(found))
                .invoke(found -> known = found)
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.debugf("cannot look after %s: %s", topic.name(), failure))
                .onFailure()
                .recoverWithNull();
    }

    /**
     * Forgets how far each partition was read, and reads it again. The group is not left for that: a static member that comes back is
     * given what it had, which is nothing where the topic was missed in between, and nobody distributes anew.
     */
    private Uni<Void> beginAnew() {
        LOG.warnf("%s is not the topic that it was; it is read from the beginning", topic.name());
        ReactiveKafkaConsumer<?, ?> consumer = (ReactiveKafkaConsumer<?, ?>) consumers.getConsumer(channel);
        ConsumerRebalanceListener offsets = consumer.getRebalanceListener();
        return consumer.runOnPollingThread(client -> {
            Set<TopicPartition> partitions = client.assignment();
            offsets.onPartitionsRevoked(partitions);
            client.seekToBeginning(partitions);
            offsets.onPartitionsAssigned(partitions);
        });
    }
}
