package io.hermes.registry.health;

import io.hermes.registry.provider.HealthBook;
import io.hermes.registry.provider.HealthStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** {@code hermes_provider_health{provider,type}}: 1 healthy, 0.5 degraded, 0 unhealthy; the same on every replica. */
@ApplicationScoped
class HealthGauges {

    private final HealthBook book;
    private final MultiGauge gauges;

    HealthGauges(HealthBook book, MeterRegistry meters) {
        this.book = book;
        this.gauges = MultiGauge.builder("hermes.provider.health")
                .description("health of each provider that is not disabled: 1 healthy, 0.5 degraded, 0 unhealthy")
                .register(meters);
    }

    @Scheduled(
            every = "10s",
            identity = "provider-health-gauges",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> refresh() {
        return book.standings()
                .invoke(this::show)
                .onFailure()
                .recoverWithItem(List.of())
                .replaceWithVoid();
    }

    private void show(List<HealthBook.Standing> standings) {
        gauges.register(
                standings.stream()
                        .map(standing -> MultiGauge.Row.of(
                                Tags.of("provider", standing.provider(), "type", standing.type()),
                                value(standing.status())))
                        .toList(),
                true);
    }

    private static double value(HealthStatus status) {
        return switch (status) {
            case HEALTHY -> 1;
            case DEGRADED -> 0.5;
            case UNHEALTHY -> 0;
        };
    }
}
