package io.hermes.registry.statistics;

import io.hermes.registry.probe.OffLoop;
import io.hermes.registry.provider.ScanSettings;
import io.hermes.registry.provider.Statistics;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Counts stores that are due, one after the other, if the operator wants that. Replicas share the work by the lease of each store. */
@ApplicationScoped
class ScanSchedule {

    private static final Logger LOG = Logger.getLogger(ScanSchedule.class);

    private final Statistics statistics;
    private final StoreScans scans;
    private final ScanSettings settings;
    private final OffLoop offLoop;

    ScanSchedule(Statistics statistics, StoreScans scans, ScanSettings settings, OffLoop offLoop) {
        this.statistics = statistics;
        this.scans = scans;
        this.settings = settings;
        this.offLoop = offLoop;
    }

    @Scheduled(
            every = "${hermes.statistics.tick:60s}",
            identity = "provider-scans",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> tick() {
        return settings.scanEvery().isEmpty()
                ? Uni.createFrom().voidItem()
                : scanWhatIsDue()
                        .onFailure()
                        .invoke(failed -> LOG.warnf("stores are not counted: %s", failed.toString()))
                        .onFailure()
                        .recoverWithNull();
    }

    /** Counts stores until none is due; the schedule comes again for what becomes due later. */
    Uni<Void> scanWhatIsDue() {
        return offLoop.onAContextOfItsOwn(Multi.createBy()
                .repeating()
                .uni(this::scanOne)
                .whilst(scanned -> scanned)
                .onItem()
                .ignoreAsUni());
    }

    private Uni<Boolean> scanOne() {
        return statistics
                .takeDue()
                .chain(due -> due.map(scan -> scans.run(scan).replaceWith(true))
                        .orElseGet(() -> Uni.createFrom().item(false)));
    }
}
