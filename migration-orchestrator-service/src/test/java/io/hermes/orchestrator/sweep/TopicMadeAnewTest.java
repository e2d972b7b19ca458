package io.hermes.orchestrator.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.contract.topic.Topic;
import io.hermes.orchestrator.testing.EngineTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Whoever deletes events, or their whole topic, loses events, and nothing else: the sweeper acts again. On a broker of its own. */
@QuarkusTest
@TestProfile(TopicMadeAnewTest.Watchful.class)
class TopicMadeAnewTest extends EngineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MANY = 100;

    /** Looks at its topic every second. */
    public static final class Watchful implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("hermes.kafka.topic-check-interval", "1s");
        }
    }

    @Inject
    Sweeper sweeper;

    @Inject
    BrokerOffsets broker;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Test
    void theProjectorCatchesUpWithATopicThatWasMadeAnew() throws Exception {
        // Given a projector that has read much
        publish(MANY);
        awaitCaughtUp();
        String old = incarnation();

        // When the topic goes, and comes back with little in it
        try (Admin admin = admin()) {
            admin.deleteTopics(List.of(Topic.EVENTS.name())).all().get();
        }
        await().atMost(PATIENCE)
                .ignoreExceptionsMatching(TopicMadeAnewTest::gone)
                .untilAsserted(() -> assertThat(incarnation()).isNotEqualTo(old));
        publish(1);

        // Then
        awaitCaughtUp();
    }

    @Test
    void whatTheBrokerNoLongerHasIsNotWaitedFor() throws Exception {
        // Given events that nobody has read
        publish(MANY);
        awaitCaughtUp();
        Offsets ends = done(broker.ends(Topic.EVENTS));
        Offsets nobody = done(broker.passed("nobody", Topic.EVENTS));
        assertThat(nobody.reached(ends)).isFalse();

        // When they go
        try (Admin admin = admin()) {
            admin.deleteRecords(ends.byPartition().entrySet().stream()
                            .collect(Collectors.toMap(
                                    end -> new TopicPartition(Topic.EVENTS.name(), end.getKey()),
                                    end -> RecordsToDelete.beforeOffset(end.getValue()))))
                    .all()
                    .get();
        }

        // Then
        assertThat(done(broker.passed("nobody", Topic.EVENTS)).reached(ends)).isTrue();
    }

    private void awaitCaughtUp() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(done(sweeper.isCaughtUp())).isTrue());
    }

    private String incarnation() {
        return done(broker.ends(Topic.EVENTS)).topicId();
    }

    private static boolean gone(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownTopicOrPartitionException) {
                return true;
            }
        }
        return false;
    }

    /** Events that nobody can read, which the projector puts aside. */
    private void publish(int events) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int event = 0; event < events; event++) {
                var unused = producer.send(new ProducerRecord<>(Topic.EVENTS.name(), 3, null, new byte[] {1}));
            }
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }
}
