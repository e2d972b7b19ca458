package io.hermes.orchestrator.project;

import io.hermes.contract.event.MigrationEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The projector, chunk by chunk, for tests that say themselves when something happens. */
@ApplicationScoped
public class ProjectSteps {

    private final Projector projector;

    ProjectSteps(Projector projector) {
        this.projector = projector;
    }

    /** An event and its sender. */
    public record Sent(String worker, MigrationEvent event) {}

    /** Commits these events in one transaction. */
    public Uni<Void> chunk(List<Sent> events) {
        return projector.projectChunk(events.stream()
                .map(sent -> new Report(sent.worker(), sent.event()))
                .toList());
    }
}
