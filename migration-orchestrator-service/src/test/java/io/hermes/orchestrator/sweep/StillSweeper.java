package io.hermes.orchestrator.sweep;

import io.hermes.orchestrator.item.LapsedItems;
import io.hermes.orchestrator.state.Accounts;
import io.hermes.orchestrator.state.JobLocks;
import io.hermes.orchestrator.state.MigrationSettings;
import io.hermes.orchestrator.state.RunningJobs;
import io.hermes.orchestrator.state.Transactions;
import io.hermes.orchestrator.state.WorkReady;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

/** A sweeper that has no clock: everything has always worked, and between two looks no time goes by. */
@Alternative
@Singleton
public class StillSweeper extends Sweeper {

    StillSweeper(
            @ReactiveDataSource("flow") Pool pool,
            Transactions transactions,
            BrokerOffsets broker,
            LapsedItems lapsed,
            LapsedLeases leases,
            RunningJobs running,
            JobLocks locks,
            Accounts accounts,
            Event<WorkReady> ready,
            MigrationSettings settings) {
        super(pool, transactions, broker, lapsed, leases, running, locks, accounts, ready, settings);
    }

    @Override
    boolean trusts() {
        return true;
    }

    @Override
    Uni<Void> pause() {
        return Uni.createFrom().voidItem();
    }
}
