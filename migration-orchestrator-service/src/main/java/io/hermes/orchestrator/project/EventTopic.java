package io.hermes.orchestrator.project;

import io.hermes.contract.topic.Topic;
import io.hermes.edge.topic.ReadTopic;
import io.hermes.edge.topic.TopicDeclaration;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;

/** Lets the projector begin anew where the events' topic was made anew: the sweeper waits for what it commits. */
@ApplicationScoped
class EventTopic {

    private final ReadTopic events;

    EventTopic(TopicDeclaration topics, KafkaClientService consumers) {
        this.events = new ReadTopic(topics, consumers, Topic.EVENTS, "events");
    }

    @Scheduled(
            every = "${hermes.kafka.topic-check-interval:10s}",
            identity = "event-topic",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> tick() {
        return events.look();
    }
}
