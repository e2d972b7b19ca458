package io.hermes.orchestrator;

import io.hermes.contract.topic.Topic;
import io.hermes.edge.topic.TopicDeclaration;
import io.hermes.orchestrator.state.MigrationSettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logging.Logger;

/** Declares the topics that this service writes and reads, and says what it is. Waits for nothing: the broker may come later. */
@ApplicationScoped
class Startup {

    private static final Logger LOG = Logger.getLogger(Startup.class);

    private final TopicDeclaration topics;
    private final MigrationSettings settings;

    Startup(TopicDeclaration topics, MigrationSettings settings) {
        this.topics = topics;
        this.settings = settings;
    }

    void start(@Observes StartupEvent started) {
        LOG.infof(
                "RFC-089 migration system enabled write_strategy=%s read_strategy=%s",
                settings.writeStrategy(), settings.readStrategy());
        topics.declare(List.of(
                        Topic.TASKS,
                        Topic.TASKS.deadLetters(),
                        Topic.EVENTS,
                        Topic.EVENTS.deadLetters(),
                        Topic.PROVIDER_EVENTS))
                .subscribe()
                .with(done -> LOG.debug("topics declared"), failure -> LOG.error("topics cannot be declared", failure));
    }
}
