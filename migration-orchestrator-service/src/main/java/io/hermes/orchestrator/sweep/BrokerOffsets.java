package io.hermes.orchestrator.sweep;

import io.hermes.contract.topic.Topic;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Asks the broker how far topics reach and how far groups have got. Fails within seconds if the broker is away. */
@ApplicationScoped
class BrokerOffsets {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<String, Object> clientSettings;
    private final Vertx vertx;
    private volatile Admin admin;

    BrokerOffsets(@Identifier("default-kafka-broker") Map<String, Object> clientSettings, Vertx vertx) {
        this.clientSettings = clientSettings;
        this.vertx = vertx;
    }

    /** The topic's end offsets. */
    Uni<Offsets> ends(Topic topic) {
        return describe(topic).chain(description -> offsets(description, OffsetSpec.latest()));
    }

    /**
     * How far the group has got in the topic: what it has committed, or what the broker no longer has. A group commits what it has read,
     * and so it never commits beyond records that were deleted before they were read.
     */
    Uni<Offsets> passed(String group, Topic topic) {
        return describe(topic)
                .chain(description -> ask(() -> admin().listConsumerGroupOffsets(group)
                                .partitionsToOffsetAndMetadata()
                                .toCompletionStage())
                        .chain(committed -> offsets(description, OffsetSpec.earliest())
                                .map(beginnings -> beginnings.orLater(ofTopic(committed, topic)))));
    }

    private Uni<Offsets> offsets(TopicDescription description, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> wanted = description.partitions().stream()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(description.name(), partition.partition()),
                        partition -> which));
        return ask(() -> admin().listOffsets(wanted).all().toCompletionStage()).map(found -> {
            Map<Integer, Long> offsets = new HashMap<>();
            found.forEach((partition, at) -> offsets.put(partition.partition(), at.offset()));
            return new Offsets(description.topicId().toString(), offsets);
        });
    }

    private static Map<Integer, Long> ofTopic(Map<TopicPartition, OffsetAndMetadata> committed, Topic topic) {
        Map<Integer, Long> offsets = new HashMap<>();
        committed.forEach((partition, offset) -> {
            if (partition.topic().equals(topic.name()) && offset != null) {
                offsets.put(partition.partition(), offset.offset());
            }
        });
        return offsets;
    }

    private Uni<TopicDescription> describe(Topic topic) {
        return ask(() -> admin().describeTopics(List.of(topic.name()))
                        .allTopicNames()
                        .toCompletionStage())
                .map(topics -> topics.get(topic.name()));
    }

    /** The client's futures complete on its own thread; what follows does not belong there. */
    private <T> Uni<T> ask(java.util.function.Supplier<CompletionStage<T>> question) {
        return Uni.createFrom()
                .completionStage(question)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .emitOn(command -> vertx.getOrCreateContext().runOnContext(ignored -> command.run()));
    }

    private Admin admin() {
        if (admin == null) {
            synchronized (this) {
                if (admin == null) {
                    Map<String, Object> settings = new HashMap<>(clientSettings);
                    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5000);
                    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 8000);
                    admin = Admin.create(settings);
                }
            }
        }
        return admin;
    }

    @PreDestroy
    void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
    }
}
