package io.hermes.worker.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hermes.contract.event.EventBatch;
import io.hermes.contract.event.Heartbeat;
import io.hermes.contract.event.MigrationEvent;
import io.hermes.contract.event.Started;
import io.hermes.contract.event.TaskEvent;
import io.hermes.contract.task.MigrationTask;
import io.hermes.contract.task.TaskRef;
import io.hermes.contract.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The topics as the orchestrator sees them: sends tasks, collects every event from the topic's beginning. */
public final class Topics implements AutoCloseable {

    private final ObjectMapper json;
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TaskEvent> outcomes = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<EventBatch> batches = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<ConsumerRecord<String, byte[]>> deadLetters = new ConcurrentLinkedQueue<>();

    public Topics(String bootstrapServers, ObjectMapper json) {
        this.json = json;
        Map<String, Object> address = Map.of("bootstrap.servers", bootstrapServers);
        this.producer = new KafkaProducer<>(address, new StringSerializer(), new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(address, new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = Stream.of(Topic.EVENTS, Topic.TASKS.deadLetters())
                .flatMap(topic -> IntStream.range(0, topic.partitions())
                        .mapToObj(partition -> new TopicPartition(topic.name(), partition)))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Sends a task as the relay does. */
    public Place send(MigrationTask task) {
        try {
            return sendRaw(
                    Long.toString(task.ref().itemId()),
                    json.writerFor(MigrationTask.class).writeValueAsBytes(task));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Sends any bytes as a task, or none. */
    public Place sendRaw(String key, byte[] value) {
        try {
            RecordMetadata sent = producer.send(new ProducerRecord<>(Topic.TASKS.name(), key, value))
                    .get();
            return new Place(sent.partition(), sent.offset());
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** Outcomes of this dispatch seen so far, in the order of their records; starts are left out. */
    public List<TaskEvent> outcomesOf(TaskRef ref) {
        poll();
        return outcomes.stream()
                .filter(event -> event.ref().equals(ref) && !(event instanceof Started))
                .toList();
    }

    /** Starts of this dispatch so far. */
    public List<Started> startsOf(TaskRef ref) {
        poll();
        return outcomes.stream()
                .filter(event -> event.ref().equals(ref))
                .filter(Started.class::isInstance)
                .map(Started.class::cast)
                .toList();
    }

    /** The same among all that the broker has acknowledged by now, however slowly it hands them out. */
    public List<Started> recordedStartsOf(TaskRef ref) {
        readToTheEnd();
        return startsOf(ref);
    }

    /** Outcomes of this dispatch among all that the broker has acknowledged by now. */
    public List<TaskEvent> recordedOutcomesOf(TaskRef ref) {
        readToTheEnd();
        return outcomesOf(ref);
    }

    /** Every record of events so far. */
    public List<EventBatch> batches() {
        poll();
        return List.copyOf(batches);
    }

    /** Every dispatch that a heartbeat named so far. */
    public List<TaskRef> heldRefs() {
        return batches().stream()
                .flatMap(batch -> batch.events().stream())
                .filter(Heartbeat.class::isInstance)
                .flatMap(event -> ((Heartbeat) event).tasks().stream())
                .map(Heartbeat.Held::ref)
                .toList();
    }

    /** Every dead letter so far. */
    public List<ConsumerRecord<String, byte[]>> deadLetters() {
        poll();
        return List.copyOf(deadLetters);
    }

    private synchronized void readToTheEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll();
        }
    }

    private synchronized void poll() {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(50))) {
            if (record.topic().equals(Topic.EVENTS.name())) {
                keep(record);
            } else {
                deadLetters.add(record);
            }
        }
    }

    private void keep(ConsumerRecord<String, byte[]> record) {
        try {
            EventBatch batch = json.readValue(record.value(), EventBatch.class);
            batches.add(batch);
            for (MigrationEvent event : batch.events()) {
                if (event instanceof TaskEvent taskEvent) {
                    outcomes.add(taskEvent);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Where a record lies in the task topic. */
    public record Place(int partition, long offset) {}

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
