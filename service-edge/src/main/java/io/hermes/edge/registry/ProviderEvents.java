package io.hermes.edge.registry;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hermes.contract.provider.ProviderChanged;
import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.topic.Topic;
import io.hermes.edge.topic.ReadTopic;
import io.hermes.edge.topic.TopicDeclaration;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Hears which providers have changed: every replica of a service all of it, from the beginning of the topic, which holds one record a
 * provider. It only makes {@link Stores} look sooner than it would, so nothing depends on a record that is lost or cannot be read.
 */
@ApplicationScoped
class ProviderEvents {

    private static final Logger LOG = Logger.getLogger(ProviderEvents.class);

    /** A registry one release ahead may say more than we know, but not leave out what we need. */
    private static final ObjectReader JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build()
            .readerFor(Told.class);

    /**
     * What is needed of a {@link ProviderChanged}. What informs people, such as the health of the store, must not keep a change from being
     * heard, whether it is missing or says what we do not know.
     */
    @RegisterForReflection
    record Told(long providerVersion, ProviderStatus status) {}

    private final Stores stores;
    private final ReadTopic topic;

    ProviderEvents(Stores stores, TopicDeclaration topics, KafkaClientService consumers) {
        this.stores = stores;
        this.topic = new ReadTopic(topics, consumers, Topic.PROVIDER_EVENTS, "provider-events");
    }

    @Incoming("provider-events")
    void hear(ConsumerRecord<String, byte[]> record) {
        try {
            stores.hear(UUID.fromString(String.valueOf(record.key())), news(record.value()));
        } catch (IOException | IllegalArgumentException unreadable) {
            LOG.warnf(
                    "record %d of %s is not understood and passed over: %s",
                    record.offset(), record.topic(), unreadable.getMessage());
        }
    }

    private static ProviderNews news(byte[] value) throws IOException {
        if (value == null) {
            return new ProviderNews.Deleted();
        }
        Told told = JSON.readValue(value);
        return new ProviderNews.Changed(told.providerVersion(), told.status());
    }

    @Scheduled(
            every = "${hermes.kafka.topic-check-interval:10s}",
            identity = "provider-event-topic",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> tick() {
        return topic.look();
    }
}
