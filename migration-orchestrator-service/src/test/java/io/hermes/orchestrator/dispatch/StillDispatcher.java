package io.hermes.orchestrator.dispatch;

import io.hermes.orchestrator.outbox.Relay;
import io.hermes.orchestrator.state.Transactions;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.Collection;

/** A dispatcher whose signals are always lost. */
@Alternative
@Singleton
public class StillDispatcher extends Dispatcher {

    StillDispatcher(Transactions transactions, Dispatching dispatching, Relay relay, Vertx vertx) {
        super(transactions, dispatching, relay, vertx);
    }

    @Override
    public void signal(Collection<Long> jobIds) {
        // Lost.
    }
}
