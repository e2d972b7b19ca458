package io.hermes.registry.outbox;

import io.hermes.registry.outbox.OutboxRows.Waiting;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;

/**
 * {@code hermes_provider_outbox_pending} and {@code …_oldest_seconds}, as of the last look; the same on every replica. While the database
 * cannot be asked they are NaN.
 */
@ApplicationScoped
class OutboxGauges {

    private static final Logger LOG = Logger.getLogger(OutboxGauges.class);

    private final OutboxRows rows;
    private final MeterRegistry meters;
    private volatile Waiting seen;

    OutboxGauges(OutboxRows rows, MeterRegistry meters) {
        this.rows = rows;
        this.meters = meters;
        gauge(
                "hermes.provider.outbox.pending",
                "changes of providers that the broker has not acknowledged yet",
                Waiting::pending);
        gauge("hermes.provider.outbox.oldest.seconds", "age of the oldest of them", Waiting::oldestSeconds);
    }

    @Scheduled(
            every = "${hermes.provider-events.gauge-interval:10s}",
            identity = "provider-events-gauges",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> look() {
        return rows.waiting()
                .onFailure()
                .invoke(failed -> LOG.debugf("the outbox is not looked at: %s", failed))
                .onFailure()
                .recoverWithNull()
                .invoke(waiting -> seen = waiting)
                .replaceWithVoid();
    }

    private void gauge(String name, String description, ToDoubleFunction<Waiting> value) {
        Gauge.builder(name, this, mine -> mine.read(value))
                .description(description)
                .register(meters);
    }

    private double read(ToDoubleFunction<Waiting> value) {
        Waiting now = seen;
        return now == null ? Double.NaN : value.applyAsDouble(now);
    }
}
