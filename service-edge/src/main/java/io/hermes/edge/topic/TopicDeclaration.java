package io.hermes.edge.topic;

import io.hermes.contract.topic.Topic;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jboss.logging.Logger;

/** Creates topics that are missing and adds partitions where there are too few. */
@ApplicationScoped
public class TopicDeclaration {

    private static final Logger LOG = Logger.getLogger(TopicDeclaration.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(250);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);
    private static final int REQUEST_TIMEOUT_MS = 5_000;
    private static final long SEVEN_DAYS_MS = Duration.ofDays(7).toMillis();

    private final Instance<Map<String, Object>> clientSettings;
    private final KafkaSettings settings;
    private final Vertx vertx;

    TopicDeclaration(
            @Identifier("default-kafka-broker") Instance<Map<String, Object>> clientSettings,
            KafkaSettings settings,
            Vertx vertx) {
        this.clientSettings = clientSettings;
        this.settings = settings;
        this.vertx = vertx;
    }

    /**
     * Declares topics. Any number of services may do so at the same time.
     *
     * @return completes when all of them are there with enough partitions; waits for the broker as long as it takes
     */
    public Uni<Void> declare(List<Topic> topics) {
        return vertx.executeBlocking(() -> declareOnce(topics), false)
                .onFailure()
                .invoke(failure -> LOG.warnf("topics are not declared yet, trying again: %s", failure.toString()))
                .onFailure()
                .retry()
                .withBackOff(FIRST_RETRY, LONGEST_RETRY)
                .indefinitely()
                .replaceWithVoid();
    }

    /**
     * Declares one topic, and tells which one it is: another one after it was deleted and made anew. Fails within seconds where the
     * broker is away.
     */
    Uni<Uuid> incarnation(Topic topic) {
        return vertx.executeBlocking(
                () -> declareOnce(List.of(topic)).get(topic.name()).topicId(), false);
    }

    /** Blocking, since the admin client resolves names in its constructor. The last look sees that every partition has arrived. */
    private Map<String, TopicDescription> declareOnce(List<Topic> topics)
            throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(adminSettings())) {
            Set<String> present = admin.listTopics().names().get();
            for (Topic topic : topics) {
                if (!present.contains(topic.name())) {
                    tolerating(
                            TopicExistsException.class,
                            admin.createTopics(List.of(newTopic(topic))).all());
                }
            }
            Map<String, TopicDescription> described = describe(admin, topics);
            for (Topic topic : topics) {
                if (described.get(topic.name()).partitions().size() < topic.partitions()) {
                    tolerating(InvalidPartitionsException.class, increase(admin, topic));
                }
            }
            return requireComplete(describe(admin, topics), topics);
        }
    }

    private Map<String, Object> adminSettings() {
        Map<String, Object> admin = new HashMap<>(clientSettings.get());
        admin.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        admin.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        return admin;
    }

    private NewTopic newTopic(Topic topic) {
        Map<String, String> config = topic.compacted()
                ? Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)
                : Map.of(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(SEVEN_DAYS_MS));
        return new NewTopic(topic.name(), topic.partitions(), settings.replicationFactor()).configs(config);
    }

    private static KafkaFuture<Void> increase(Admin admin, Topic topic) {
        return admin.createPartitions(Map.of(topic.name(), NewPartitions.increaseTo(topic.partitions())))
                .all();
    }

    private static Map<String, TopicDescription> describe(Admin admin, List<Topic> topics)
            throws InterruptedException, ExecutionException {
        List<String> names = topics.stream().map(Topic::name).toList();
        return admin.describeTopics(names).allTopicNames().get();
    }

    private static Map<String, TopicDescription> requireComplete(
            Map<String, TopicDescription> described, List<Topic> topics) {
        Set<String> incomplete = topics.stream()
                .filter(topic -> described.get(topic.name()).partitions().size() < topic.partitions())
                .map(Topic::name)
                .collect(Collectors.toSet());
        if (!incomplete.isEmpty()) {
            throw new IllegalStateException("too few partitions yet: " + incomplete);
        }
        return described;
    }

    /** Another service may have been faster: that is what we wanted. */
    private static void tolerating(Class<? extends Exception> raced, KafkaFuture<Void> change)
            throws InterruptedException, ExecutionException {
        try {
            change.get();
        } catch (ExecutionException failed) {
            if (!raced.isInstance(failed.getCause())) {
                throw failed;
            }
        }
    }
}
