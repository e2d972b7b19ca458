package io.hermes.orchestrator.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.contract.topic.Topic;
import io.hermes.orchestrator.dispatch.Dispatcher;
import io.hermes.orchestrator.testing.EngineTest;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** No worker of these tests is one of the group whose lag is told. */
@QuarkusTest
class ConsumerLagTest extends EngineTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String servers;

    @Inject
    ConsumerLag lag;

    @Inject
    BrokerOffsets broker;

    @Inject
    Dispatcher dispatcher;

    @Test
    void tasksThatNobodyHasCommittedAreTheLag() throws Exception {
        commitAll();
        long job = plannedJob(3, "");
        dispatcher.signal(List.of(job));

        looking(told -> assertThat(told).isGreaterThanOrEqualTo(3));

        commitAll();
        looking(told -> assertThat(told).isZero());
    }

    @Test
    void aPartitionThatNobodyHasCommittedCountsWhole() {
        Offsets ends = new Offsets("topic", Map.of(0, 5L, 1, 7L, 2, 4L));

        assertThat(ends.beyond(new Offsets("topic", Map.of(0, 3L, 2, 9L)))).isEqualTo(2 + 7);
    }

    private void looking(Consumer<Long> told) {
        await().atMost(LONG).untilAsserted(() -> {
            done(lag.look());
            told.accept(lag.tasks());
        });
    }

    private void commitAll() throws Exception {
        Map<TopicPartition, OffsetAndMetadata> ends = done(broker.ends(Topic.TASKS)).byPartition().entrySet().stream()
                .collect(Collectors.toMap(
                        end -> new TopicPartition(Topic.TASKS.name(), end.getKey()),
                        end -> new OffsetAndMetadata(end.getValue())));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.alterConsumerGroupOffsets(Topic.WORKER_GROUP, ends).all().get();
        }
    }
}
