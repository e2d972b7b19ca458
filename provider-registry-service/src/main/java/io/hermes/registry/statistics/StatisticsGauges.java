package io.hermes.registry.statistics;

import io.hermes.registry.provider.Statistics;
import io.hermes.registry.provider.Statistics.Standing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** {@code hermes_storage_documents{provider,type}} and its like; the same on every replica. */
@ApplicationScoped
class StatisticsGauges {

    private final Statistics statistics;
    private final MultiGauge documents;
    private final MultiGauge bytes;
    private final MultiGauge capacity;
    private final MultiGauge used;

    StatisticsGauges(Statistics statistics, MeterRegistry meters) {
        this.statistics = statistics;
        this.documents = MultiGauge.builder("hermes.storage.documents")
                .description("documents that each provider holds, as far as they were counted")
                .register(meters);
        this.bytes = MultiGauge.builder("hermes.storage.bytes")
                .description("bytes that each provider holds, as far as they were counted")
                .register(meters);
        this.capacity = MultiGauge.builder("hermes.provider.capacity.bytes")
                .description("bytes that each provider may hold by its quota")
                .register(meters);
        this.used = MultiGauge.builder("hermes.provider.quota.used")
                .description("share of its quota that each provider holds: 1 when all of it is used")
                .register(meters);
    }

    @Scheduled(
            every = "10s",
            identity = "provider-statistics-gauges",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> refresh() {
        return statistics
                .standings()
                .invoke(this::show)
                .onFailure()
                .recoverWithItem(List.of())
                .replaceWithVoid();
    }

    private void show(List<Standing> standings) {
        show(documents, standings, standing -> Optional.of(standing.documents()));
        show(bytes, standings, standing -> Optional.of(standing.bytes()));
        show(capacity, standings, Standing::capacity);
        show(used, standings, Standing::used);
    }

    private static void show(
            MultiGauge gauge, List<Standing> standings, Function<Standing, Optional<? extends Number>> value) {
        gauge.register(
                standings.stream()
                        .flatMap(standing -> value
                                .apply(standing)
                                .map(shown -> MultiGauge.Row.of(
                                        Tags.of("provider", standing.provider(), "type", standing.type()), shown))
                                .stream())
                        .toList(),
                true);
    }
}
