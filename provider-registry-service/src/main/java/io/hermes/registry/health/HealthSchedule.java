package io.hermes.registry.health;

import io.hermes.registry.probe.OffLoop;
import io.hermes.registry.provider.HealthBook;
import io.hermes.registry.provider.HealthLease;
import io.hermes.registry.provider.HealthSettings;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Looks at every store that is due, a few at once. Replicas share the work: whoever gets the lease of a provider looks at it. Whoever
 * dies over a look is replaced when its lease ends.
 */
@ApplicationScoped
public class HealthSchedule {

    private static final Logger LOG = Logger.getLogger(HealthSchedule.class);

    private final HealthBook book;
    private final Looks looks;
    private final HealthSettings settings;
    private final OffLoop offLoop;

    HealthSchedule(HealthBook book, Looks looks, HealthSettings settings, OffLoop offLoop) {
        this.book = book;
        this.looks = looks;
        this.settings = settings;
        this.offLoop = offLoop;
    }

    @Scheduled(
            every = "${hermes.health.tick:1s}",
            identity = "provider-health",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> tick() {
        return lookAtWhatIsDue()
                .onFailure()
                .invoke(failed -> LOG.warnf("health is not looked at: %s", failed.toString()))
                .onFailure()
                .recoverWithNull();
    }

    /** Looks at stores until none is due; the schedule comes again for what becomes due later. */
    Uni<Void> lookAtWhatIsDue() {
        return Multi.createFrom()
                .range(0, settings.concurrency())
                .onItem()
                .transformToUni(lane -> offLoop.onAContextOfItsOwn(lane()))
                .merge(settings.concurrency())
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> lane() {
        return Multi.createBy()
                .repeating()
                .uni(this::lookAtOne)
                .whilst(looked -> looked)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Boolean> lookAtOne() {
        return book.takeDue()
                .chain(lease ->
                        lease.map(this::look).orElseGet(() -> Uni.createFrom().item(false)));
    }

    /** A provider that went away meanwhile, or whose look went wrong, must not keep the others from being looked at. */
    private Uni<Boolean> look(HealthLease lease) {
        return looks.at(lease.provider())
                .ifNoItem()
                .after(settings.timeout().multipliedBy(2))
                .fail()
                .chain(report -> book.settle(lease, report))
                .onFailure()
                .invoke(failed -> LOG.debugf("provider=%s was not looked at: %s", lease.name(), failed.toString()))
                .onFailure()
                .recoverWithItem(false)
                .replaceWith(true);
    }

    @Scheduled(
            every = "${hermes.health.purge-interval:10m}",
            delayed = "${hermes.health.purge-interval:10m}",
            identity = "provider-health-purge",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> purge() {
        return Multi.createBy()
                .repeating()
                .uni(book::purge)
                .whilst(HealthBook::more)
                .onItem()
                .ignoreAsUni();
    }
}
