package io.hermes.orchestrator.testing;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.hermes.contract.event.EventBatch;
import io.hermes.contract.event.MigrationEvent;
import io.hermes.contract.event.Started;
import io.hermes.contract.event.Succeeded;
import io.hermes.contract.job.Verify;
import io.hermes.contract.task.MigrationTask;
import io.hermes.contract.task.TaskRef;
import io.hermes.contract.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A worker without stores: takes tasks from the broker and answers each with what the test says. What is no task, another test sent. */
public final class TinyWorker implements AutoCloseable {

    /** SHA-256 of nothing. */
    public static final String HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final String id = "worker-" + UUID.randomUUID();
    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> producer;
    private final Function<MigrationTask, List<MigrationEvent>> answer;
    private final Queue<MigrationTask> seen = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean closing;

    /** A worker that begins at the first task of the topic. */
    public TinyWorker(String broker, Function<MigrationTask, List<MigrationEvent>> answer) {
        this.answer = answer;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker,
                        "group.id",
                        Topic.WORKER_GROUP + "-" + id,
                        "auto.offset.reset",
                        "earliest",
                        "metadata.max.age.ms",
                        "1000"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        this.producer = producer(broker);
        this.thread = new Thread(this::run, id);
        thread.start();
    }

    /** A producer of event records. */
    public static KafkaProducer<String, byte[]> producer(String broker) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker, "acks", "all"), new StringSerializer(), new ByteArraySerializer());
    }

    /** Begins and ends well. */
    public static List<MigrationEvent> success(MigrationTask task) {
        return List.of(
                new Started(task.ref(), null),
                succeeded(task.ref(), task.source().revision(), 10));
    }

    /** A proven copy. */
    public static Succeeded succeeded(TaskRef ref, String sourceRevision, long bytes) {
        return new Succeeded(
                ref,
                new UUID(0, ref.itemId()),
                "copied/" + ref.itemId(),
                HASH,
                HASH,
                sourceRevision,
                "d1",
                null,
                bytes,
                5,
                2,
                Verify.STORE_CHECKED,
                false,
                List.of());
    }

    /** The record's value for these events. */
    public static byte[] record(String worker, List<? extends MigrationEvent> events) {
        try {
            return JSON.writeValueAsBytes(
                    new EventBatch(EventBatch.VERSION, worker, Instant.now(), List.copyOf(events)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Every task it was given, in order. */
    public List<MigrationTask> seen() {
        return List.copyOf(seen);
    }

    private void run() {
        consumer.subscribe(List.of(Topic.TASKS.name()));
        while (!closing) {
            List<MigrationEvent> events = new ArrayList<>();
            consumer.poll(Duration.ofMillis(100)).forEach(record -> events.addAll(answered(record)));
            if (!events.isEmpty()) {
                var unused = producer.send(new ProducerRecord<>(Topic.EVENTS.name(), id, record(id, events)));
                producer.flush();
            }
        }
        consumer.close();
    }

    private List<MigrationEvent> answered(ConsumerRecord<String, byte[]> record) {
        try {
            MigrationTask task = JSON.readValue(record.value(), MigrationTask.class);
            seen.add(task);
            return answer.apply(task);
        } catch (InvalidTypeIdException ofAnotherTest) {
            return List.of();
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        producer.close();
    }
}
