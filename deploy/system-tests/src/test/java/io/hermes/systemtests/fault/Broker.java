package io.hermes.systemtests.fault;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.LongBinaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** F11, F12 and F13: what an operator, a retention time or a bad network can do to topics and to the groups that read them. */
public final class Broker {

    public static final String TASKS = "hermes.migration-tasks";
    public static final String EVENTS = "hermes.migration-events";
    private static final String WORKERS = "hermes-migration-workers";
    private static final String PROJECTOR = "hermes-migration-projector";
    private static final int MOST = 2_000;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration MEMBERSHIP = Duration.ofSeconds(12);
    private static final int ANSWER_MILLIS = 8_000;

    /** A rebalance that nobody answers takes this long. */
    private static final int SESSION_MILLIS = 6_000;

    private final Processes processes;

    public Broker(Processes processes) {
        this.processes = processes;
    }

    /** F11: the topic is deleted with all that is in it. The services make it anew. */
    public Blow deleting(String topic) {
        return chance -> {
            try (Admin admin = admin()) {
                long records = size(admin, topic);
                Uuid deleted = id(admin, topic);
                admin.deleteTopics(List.of(topic)).all().get();
                await("the topic is made anew")
                        .atMost(LIMIT)
                        .ignoreExceptions()
                        .until(() -> !deleted.equals(id(admin, topic)));
                return records > 0;
            }
        };
    }

    private static Uuid id(Admin admin, String topic) throws Exception {
        return admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .get(topic)
                .topicId();
    }

    /** F11: what is in the topic goes, as if its time of retention were over. */
    public Blow emptying(String topic) {
        return chance -> {
            try (Admin admin = admin()) {
                long records = size(admin, topic);
                admin.deleteRecords(offsets(admin, topic, OffsetSpec.latest()).entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey, end -> RecordsToDelete.beforeOffset(end.getValue()))))
                        .all()
                        .get();
                return records > 0;
            }
        };
    }

    /** F11: the workers are killed, and when they come back, their group has read nothing yet. */
    public Blow rewinding(Victim... workers) {
        return moving(WORKERS, TASKS, (beginning, end) -> beginning, workers);
    }

    /** F11: the workers are killed, and when they come back, their group has read everything, also what nobody has done. */
    public Blow skipping(Victim... workers) {
        return moving(WORKERS, TASKS, (beginning, end) -> end, workers);
    }

    /** F11: the same for the orchestrators and what they read. */
    public Blow rewindingEvents(Victim... orchestrators) {
        return moving(PROJECTOR, EVENTS, (beginning, end) -> beginning, orchestrators);
    }

    /** F11: the same for the orchestrators and what they read. */
    public Blow skippingEvents(Victim... orchestrators) {
        return moving(PROJECTOR, EVENTS, (beginning, end) -> end, orchestrators);
    }

    private Blow moving(String group, String topic, LongBinaryOperator choice, Victim... members) {
        return chance -> {
            try (Admin admin = admin()) {
                // Who has not joined again since the last time would be killed before it has read anything.
                await("all are members").atMost(LIMIT).until(() -> members(admin, group) >= members.length);
                for (Victim member : members) {
                    Processes.signal(processes.running(member), "KILL");
                }
                // The dead are still members, and what a member has read cannot be moved.
                admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                        .all()
                        .get();
                Map<TopicPartition, Long> beginning = offsets(admin, topic, OffsetSpec.earliest());
                Map<TopicPartition, Long> end = offsets(admin, topic, OffsetSpec.latest());
                Map<TopicPartition, OffsetAndMetadata> moved = new HashMap<>();
                end.forEach((partition, last) -> moved.put(
                        partition, new OffsetAndMetadata(choice.applyAsLong(beginning.get(partition), last))));
                admin.alterConsumerGroupOffsets(group, moved).all().get();
                return size(admin, topic) > 0;
            }
        };
    }

    private static int members(Admin admin, String group) throws Exception {
        return admin.describeConsumerGroups(List.of(group))
                .all()
                .get()
                .get(group)
                .members()
                .size();
    }

    /** F12: what is in the topic is sent again so many times, in an order that chance chooses; of much, {@value #MOST} records. */
    public Blow repeating(String topic, int times) {
        return chance -> {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            List<ConsumerRecord<byte[], byte[]>> read = everything(topic);
            for (int time = 0; time < times; time++) {
                records.addAll(read);
            }
            Collections.shuffle(records, Random.from(chance));
            List<ConsumerRecord<byte[], byte[]>> sent = records.subList(0, Math.min(MOST, records.size()));
            send(sent);
            return !sent.isEmpty();
        };
    }

    private List<ConsumerRecord<byte[], byte[]>> everything(String topic) throws Exception {
        List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
        try (Admin admin = admin();
                KafkaConsumer<byte[], byte[]> reader = reader(Map.of())) {
            Map<TopicPartition, Long> ends = offsets(admin, topic, OffsetSpec.latest());
            reader.assign(ends.keySet());
            reader.seekToBeginning(ends.keySet());
            await("the topic is read").atMost(LIMIT).until(() -> {
                reader.poll(POLL).forEach(read::add);
                return ends.entrySet().stream().allMatch(end -> reader.position(end.getKey()) >= end.getValue());
            });
        }
        return read;
    }

    private void send(List<ConsumerRecord<byte[], byte[]>> records) throws Exception {
        Map<String, Object> settings = settings();
        settings.put("acks", "all");
        try (KafkaProducer<byte[], byte[]> sender =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = records.stream()
                    .map(record -> sender.send(
                            new ProducerRecord<>(record.topic(), null, record.key(), record.value(), record.headers())))
                    .toList();
            for (Future<RecordMetadata> each : sent) {
                RecordMetadata unused = each.get();
            }
        }
    }

    /** F13: a stranger joins the workers' group, is given tasks, does none of them, and leaves. */
    public Blow joining() {
        return chance -> {
            Map<String, Object> membership = Map.of(
                    "group.id",
                    WORKERS,
                    "enable.auto.commit",
                    false,
                    "session.timeout.ms",
                    SESSION_MILLIS,
                    "heartbeat.interval.ms",
                    SESSION_MILLIS / 4,
                    "partition.assignment.strategy",
                    "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
            try (KafkaConsumer<byte[], byte[]> stranger = reader(membership)) {
                stranger.subscribe(List.of(TASKS));
                long end = System.nanoTime() + MEMBERSHIP.toNanos();
                while (stranger.assignment().isEmpty() && System.nanoTime() < end) {
                    var unused = stranger.poll(POLL);
                }
                return !stranger.assignment().isEmpty();
            }
        };
    }

    /** Waits until both groups have read all that is in their topics. */
    public void awaitRead() {
        await("everything is read")
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> {
                    try (Admin admin = admin()) {
                        return isRead(admin, WORKERS, TASKS) && isRead(admin, PROJECTOR, EVENTS);
                    }
                });
    }

    private static boolean isRead(Admin admin, String group, String topic) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        return offsets(admin, topic, OffsetSpec.latest()).entrySet().stream()
                .filter(end -> end.getValue() > 0)
                .allMatch(end -> committed.get(end.getKey()) != null
                        && committed.get(end.getKey()).offset() >= end.getValue());
    }

    private static long size(Admin admin, String topic) throws Exception {
        Map<TopicPartition, Long> beginning = offsets(admin, topic, OffsetSpec.earliest());
        return offsets(admin, topic, OffsetSpec.latest()).entrySet().stream()
                .mapToLong(end -> end.getValue() - beginning.get(end.getKey()))
                .sum();
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, String topic, OffsetSpec spec) throws Exception {
        Map<TopicPartition, ListOffsetsResultInfo> offsets = admin.listOffsets(partitions(admin, topic).stream()
                        .collect(Collectors.toMap(partition -> partition, partition -> spec)))
                .all()
                .get();
        return offsets.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, offset -> offset.getValue().offset()));
    }

    private static List<TopicPartition> partitions(Admin admin, String topic)
            throws ExecutionException, InterruptedException {
        return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
    }

    private KafkaConsumer<byte[], byte[]> reader(Map<String, Object> more) {
        Map<String, Object> settings = settings();
        settings.putAll(more);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Admin admin() {
        return Admin.create(settings());
    }

    private Map<String, Object> settings() {
        return new HashMap<>(Map.of(
                "bootstrap.servers",
                processes.description().kafka().bootstrapServers(),
                "request.timeout.ms",
                ANSWER_MILLIS,
                "default.api.timeout.ms",
                2 * ANSWER_MILLIS));
    }
}
