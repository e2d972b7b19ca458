package io.hermes.registry.budget;

import io.hermes.registry.provider.Budgets;
import io.hermes.registry.provider.Budgets.Standing;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** {@code hermes_provider_budget_allowed{provider,type,of}} and {@code …_granted}, per second; the same on every replica. */
@ApplicationScoped
class BudgetGauges {

    private final Budgets budgets;
    private final MultiGauge allowed;
    private final MultiGauge granted;

    BudgetGauges(Budgets budgets, MeterRegistry meters) {
        this.budgets = budgets;
        this.allowed = MultiGauge.builder("hermes.provider.budget.allowed")
                .description("requests and bytes per second that the limits of each provider allow at present")
                .register(meters);
        this.granted = MultiGauge.builder("hermes.provider.budget.granted")
                .description("requests and bytes per second of that which are leased to processes")
                .register(meters);
    }

    @Scheduled(
            every = "10s",
            identity = "provider-budget-gauges",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> refresh() {
        return budgets.standings()
                .invoke(this::show)
                .onFailure()
                .recoverWithItem(List.of())
                .replaceWithVoid();
    }

    private void show(List<Standing> standings) {
        show(allowed, standings, Standing::allowedRequests, Standing::allowedBytes);
        show(granted, standings, Standing::grantedRequests, Standing::grantedBytes);
    }

    /** Of what is not limited nothing is shown. */
    private static void show(
            MultiGauge gauge,
            List<Standing> standings,
            Function<Standing, Double> requests,
            Function<Standing, Double> bytes) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (Standing standing : standings) {
            if (standing.allowedRequests() != null) {
                rows.add(row(standing, "requests", requests.apply(standing)));
            }
            if (standing.allowedBytes() != null) {
                rows.add(row(standing, "bytes", bytes.apply(standing)));
            }
        }
        gauge.register(rows, true);
    }

    private static MultiGauge.Row<?> row(Standing standing, String of, double perSecond) {
        return MultiGauge.Row.of(
                Tags.of("provider", standing.provider(), "type", standing.type(), "of", of), perSecond);
    }
}
