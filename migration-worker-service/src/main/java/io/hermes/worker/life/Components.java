package io.hermes.worker.life;

import io.hermes.worker.WorkerConfig;
import io.hermes.worker.budget.ByteBudget;
import io.hermes.worker.report.SlotUse;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What is plain Java and needs the configuration to be made. */
class Components {

    @Produces
    @Singleton
    ByteBudget byteBudget(WorkerConfig config, MeterRegistry meters, SlotUse slots) {
        ByteBudget budget = new ByteBudget(config.memoryBudget().asLongValue(), Infrastructure.getDefaultWorkerPool());
        Gauge.builder("hermes.worker.memory.bytes", budget, ByteBudget::used)
                .description("bytes of documents in memory")
                .register(meters);
        Gauge.builder("hermes.worker.slots.used", slots, SlotUse::inFlight)
                .description("documents being transferred")
                .register(meters);
        return budget;
    }
}
