package io.hermes.benchmark.suite;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.hermes.contract.event.EventBatch;
import io.hermes.contract.event.MigrationEvent;
import io.hermes.contract.event.Succeeded;
import io.hermes.contract.task.CopyTask;
import io.hermes.contract.task.MigrationTask;
import io.hermes.contract.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
 * Workers without stores: every empty document is copied at once, and told as busy workers do it, in full records or at the latest after
 * their report interval. It reads every partition and is in no group.
 */
final class StandIn implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(10);
    static final String ID = "stand-in";
    private static final String SHA256_OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    /** As many as the real worker's largest record holds. */
    private static final int MOST_EVENTS = 500;
    /** The real worker's {@code hermes.worker.report-interval}. */
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    private static final ObjectReader TASK = JSON.readerFor(MigrationTask.class);
    private static final ObjectWriter BATCH = JSON.writerFor(EventBatch.class);

    private final List<MigrationEvent> untold = new ArrayList<>();
    private long lastTold = System.nanoTime();
    private final KafkaConsumer<String, byte[]> tasks;
    private final KafkaProducer<String, byte[]> events;
    private final Thread thread;
    private volatile boolean wanted = true;

    /** Begins with tasks that are sent from now on. */
    StandIn(String bootstrapServers) {
        tasks = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "max.poll.records", MOST_EVENTS),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        events = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 2),
                new StringSerializer(),
                new ByteArraySerializer());
        List<TopicPartition> partitions = tasks.partitionsFor(Topic.TASKS.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        tasks.assign(partitions);
        tasks.seekToEnd(partitions);
        partitions.forEach(tasks::position);
        thread = Thread.ofPlatform().name(ID).start(this::work);
    }

    private void work() {
        while (wanted) {
            for (ConsumerRecord<String, byte[]> record : tasks.poll(POLL)) {
                untold.add(done(record.value()));
                if (untold.size() == MOST_EVENTS) {
                    tell();
                }
            }
            if (!untold.isEmpty() && System.nanoTime() - lastTold >= INTERVAL.toNanos()) {
                tell();
            }
        }
        tasks.close();
    }

    private MigrationEvent done(byte[] value) {
        try {
            CopyTask task = TASK.readValue(value);
            return new Succeeded(
                    task.ref(),
                    UUID.nameUUIDFromBytes(value),
                    task.source().key(),
                    SHA256_OF_NOTHING,
                    SHA256_OF_NOTHING,
                    task.source().revision(),
                    null,
                    null,
                    0,
                    0,
                    0,
                    task.verify(),
                    false,
                    List.of());
        } catch (IOException unknown) {
            throw new UncheckedIOException(unknown);
        }
    }

    private void tell() {
        try {
            byte[] batch = BATCH.writeValueAsBytes(new EventBatch(EventBatch.VERSION, ID, Instant.now(), untold));
            untold.clear();
            lastTold = System.nanoTime();
            var unused = events.send(new ProducerRecord<>(Topic.EVENTS.name(), ID, batch));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public void close() throws InterruptedException {
        wanted = false;
        thread.join();
        events.close();
    }
}
