package io.hermes.worker.life;

import io.hermes.contract.topic.Topic;
import io.hermes.edge.topic.TopicDeclaration;
import io.hermes.worker.WorkerConfig;
import io.hermes.worker.WorkerIdentity;
import io.hermes.worker.task.Intake;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.List;
import org.jboss.logging.Logger;

/** Declares the topics, then takes tasks; at the end drains before anything it needs goes away. */
@ApplicationScoped
class Lifecycle {

    private static final Logger LOG = Logger.getLogger(Lifecycle.class);

    private final Intake intake;
    private final TopicDeclaration topics;
    private final Drain drain;
    private final WorkerConfig config;
    private final WorkerIdentity identity;

    Lifecycle(Intake intake, TopicDeclaration topics, Drain drain, WorkerConfig config, WorkerIdentity identity) {
        this.intake = intake;
        this.topics = topics;
        this.drain = drain;
        this.config = config;
        this.identity = identity;
    }

    void start(@Observes StartupEvent event) {
        // Quarkus captures and restores the request's scope around every step of a chain; no document has a request.
        Infrastructure.clearInterceptors();
        LOG.infof(
                "starting migration worker workerId=%s slots=%d waitingRoom=%d memoryBudget=%d",
                identity.id(),
                config.slots(),
                config.waitingRoom(),
                config.memoryBudget().asLongValue());
        topics.declare(List.of(Topic.TASKS, Topic.EVENTS, Topic.TASKS.deadLetters(), Topic.PROVIDER_EVENTS))
                .subscribe()
                .with(declared -> intake.open(), failure -> LOG.error("the topics could not be declared", failure));
    }

    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
        drain.run();
    }
}
