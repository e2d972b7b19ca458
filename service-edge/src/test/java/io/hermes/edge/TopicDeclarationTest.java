package io.hermes.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.contract.topic.Topic;
import io.hermes.edge.topic.TopicDeclaration;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigResource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(EdgeProfile.class)
class TopicDeclarationTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Inject
    TopicDeclaration topics;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Test
    void topicsAreThereWithTheirPartitionsHoweverManyDeclareThem() throws Exception {
        List<Topic> wanted = List.of(new Topic("tasks-test", 6, false), new Topic("changes-test", 1, true));

        List<Uni<Void>> services =
                Stream.generate(() -> topics.declare(wanted)).limit(4).toList();
        Uni.join().all(services).andFailFast().await().atMost(LIMIT);

        assertThat(partitions("tasks-test")).isEqualTo(6);
        assertThat(config("changes-test", "cleanup.policy")).isEqualTo("compact");
        assertThat(config("tasks-test", "retention.ms"))
                .isEqualTo(String.valueOf(Duration.ofDays(7).toMillis()));
    }

    @Test
    void tooFewPartitionsAreIncreasedAndMoreAreKept() throws Exception {
        topics.declare(List.of(new Topic("grown-test", 2, false))).await().atMost(LIMIT);
        topics.declare(List.of(new Topic("grown-test", 5, false))).await().atMost(LIMIT);
        assertThat(partitions("grown-test")).isEqualTo(5);
        topics.declare(List.of(new Topic("grown-test", 3, false))).await().atMost(LIMIT);
        assertThat(partitions("grown-test")).isEqualTo(5);
    }

    private int partitions(String topic) throws Exception {
        try (Admin admin = admin()) {
            return admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(10, TimeUnit.SECONDS)
                    .get(topic)
                    .partitions()
                    .size();
        }
    }

    private String config(String topic, String key) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = admin()) {
            return admin.describeConfigs(List.of(resource))
                    .all()
                    .get(10, TimeUnit.SECONDS)
                    .get(resource)
                    .get(key)
                    .value();
        }
    }

    private Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }
}
