package io.hermes.orchestrator.plan;

import io.hermes.edge.registry.Stores;
import io.hermes.orchestrator.item.DocumentLists;
import io.hermes.orchestrator.state.MigrationSettings;
import io.hermes.orchestrator.state.Takeovers;
import io.hermes.orchestrator.state.Transactions;
import io.hermes.orchestrator.state.WorkReady;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

/** A planner whose signals are always lost. */
@Alternative
@Singleton
public class StillPlanner extends Planner {

    StillPlanner(
            Transactions transactions,
            PlanningRows planning,
            PageCommit pages,
            Stores stores,
            DocumentLists lists,
            Recalls recalls,
            MigrationSettings settings,
            Event<WorkReady> ready,
            Takeovers takeovers) {
        super(transactions, planning, pages, stores, lists, recalls, settings, ready, takeovers);
    }

    @Override
    public void signal() {
        // Lost.
    }
}
