package io.hermes.orchestrator.outbox;

import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

/** A relay whose signals are always lost. */
@Alternative
@Singleton
public class StillRelay extends Relay {

    StillRelay(RelayBatch batch, UnsendableTasks unsendable, Vertx vertx) {
        super(batch, unsendable, vertx);
    }

    @Override
    public void signal() {
        // Lost.
    }
}
