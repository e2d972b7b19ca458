package io.hermes.worker.task;

import io.hermes.contract.topic.Topic;
import io.hermes.edge.topic.ReadTopic;
import io.hermes.edge.topic.TopicDeclaration;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;

/** Lets this worker begin anew where the tasks' topic was made anew: a task counts as lost only when the workers have committed beyond it. */
@ApplicationScoped
class TaskTopic {

    private final ReadTopic tasks;

    TaskTopic(TopicDeclaration topics, KafkaClientService consumers) {
        this.tasks = new ReadTopic(topics, consumers, Topic.TASKS, "tasks");
    }

    @Scheduled(
            every = "${hermes.kafka.topic-check-interval:10s}",
            identity = "task-topic",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> tick() {
        return tasks.look();
    }
}
