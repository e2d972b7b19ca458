package io.hermes.edge.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hermes.contract.provider.ProviderChanged;
import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.provider.StoreHealth;
import io.hermes.contract.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The topic {@code hermes.provider-events} on a real broker: tells what the registry would tell, and reads what it told.
 *
 * @param bootstrapServers where the broker is
 */
public record ProviderTopic(String bootstrapServers) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final TopicPartition ALL = new TopicPartition(Topic.PROVIDER_EVENTS.name(), 0);

    /** Tells that a provider is at another version. */
    public void changed(UUID provider, long version, ProviderStatus status) {
        changed(provider, version, status, StoreHealth.HEALTHY);
    }

    /** Tells how a provider and its store are. */
    public void changed(UUID provider, long version, ProviderStatus status, StoreHealth health) {
        try {
            ProviderChanged event = new ProviderChanged(1, provider, "p-" + provider, version, status, health);
            send(provider.toString(), JSON.writeValueAsBytes(event));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Tells that a provider was deleted. */
    public void deleted(UUID provider) {
        send(provider.toString(), null);
    }

    /** Sends anything, and waits until the broker has it. */
    public void send(String key, byte[] value) {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(address(), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topic.PROVIDER_EVENTS.name(), key, value))
                    .get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** All that was told of a provider so far, in its order; empty where it was told to be deleted. */
    public List<Optional<ProviderChanged>> told(UUID provider) {
        return told().getOrDefault(provider.toString(), List.of());
    }

    /** The same of every provider, by UUID. */
    public Map<String, List<Optional<ProviderChanged>>> told() {
        Map<String, List<Optional<ProviderChanged>>> told = new TreeMap<>();
        records()
                .forEach(record -> told.computeIfAbsent(record.key(), first -> new ArrayList<>())
                        .add(Optional.ofNullable(record.value()).map(ProviderTopic::event)));
        return told;
    }

    private List<ConsumerRecord<String, byte[]>> records() {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(address(), new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(ALL));
            consumer.seekToBeginning(List.of(ALL));
            long end = consumer.endOffsets(List.of(ALL)).get(ALL);
            while (consumer.position(ALL) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    private Map<String, Object> address() {
        return Map.of("bootstrap.servers", bootstrapServers);
    }

    private static ProviderChanged event(byte[] value) {
        try {
            return JSON.readValue(value, ProviderChanged.class);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
