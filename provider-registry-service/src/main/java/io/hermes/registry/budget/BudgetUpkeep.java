package io.hermes.registry.budget;

import io.hermes.registry.provider.Budgets;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Deletes the shares of processes that are gone. They count for nothing long before; this keeps the table small. */
@ApplicationScoped
class BudgetUpkeep {

    private final Budgets budgets;

    BudgetUpkeep(Budgets budgets) {
        this.budgets = budgets;
    }

    @Scheduled(
            every = "${hermes.budgets.purge-interval:10m}",
            delayed = "${hermes.budgets.purge-interval:10m}",
            identity = "provider-budget-purge",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> purge() {
        return Multi.createBy()
                .repeating()
                .uni(budgets::purge)
                .whilst(Budgets::more)
                .onItem()
                .ignoreAsUni();
    }
}
