package io.hermes.orchestrator.dispatch;

import io.hermes.orchestrator.item.QueuedItems;
import io.hermes.orchestrator.outbox.OutboxRows;
import io.hermes.orchestrator.state.Accounts;
import io.hermes.orchestrator.state.CounterChange;
import io.hermes.orchestrator.state.JobStates;
import io.hermes.orchestrator.state.LockedJob;
import io.hermes.orchestrator.state.PendingAction;
import io.hermes.orchestrator.state.Stop;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Stops a job: notes what it shall become and takes back what no relay has in its hands. */
@ApplicationScoped
public class Withdrawal implements Stop {

    private final JobStates states;
    private final OutboxRows outbox;
    private final QueuedItems queued;
    private final Accounts accounts;

    Withdrawal(JobStates states, OutboxRows outbox, QueuedItems queued, Accounts accounts) {
        this.states = states;
        this.outbox = outbox;
        this.queued = queued;
        this.accounts = accounts;
    }

    @Override
    public Uni<Void> request(SqlConnection tx, LockedJob job, PendingAction action, Optional<String> reason) {
        return states.request(tx, job, action, reason).chain(stopping -> takeBack(tx, stopping));
    }

    private Uni<Void> takeBack(SqlConnection tx, LockedJob job) {
        return outbox.withdraw(tx, job.id())
                .chain(items -> queued.takeBack(tx, items))
                .chain(count -> accounts.book(tx, job, CounterChange.dispatched(-count)));
    }
}
