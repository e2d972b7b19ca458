package io.hermes.worker.report;

import io.hermes.contract.event.Heartbeat;
import io.hermes.worker.held.HeldTasks;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Signs of life, also of an idle worker: the orchestrator counts who is there and renews the leases of what they hold. */
@ApplicationScoped
public class Heartbeats {

    private final Reports reports;
    private final HeldTasks held;
    private final SlotUse slots;
    private final String version;
    private volatile boolean draining;

    Heartbeats(
            Reports reports,
            HeldTasks held,
            SlotUse slots,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.reports = reports;
        this.held = held;
        this.slots = slots;
        this.version = version;
    }

    @Scheduled(
            every = "${hermes.worker.heartbeat:10s}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> beat() {
        return reports.tell(new Heartbeat(
                slots.slots(), slots.inFlight(), slots.waiting(), draining, held.view(), held.throughput(), version));
    }

    /** Says that this worker takes no more tasks. */
    public Uni<Void> draining() {
        draining = true;
        return beat();
    }
}
