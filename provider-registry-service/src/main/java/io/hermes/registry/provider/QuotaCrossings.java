package io.hermes.registry.provider;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Tells, once for each time, that a store has come nearer to its quota or away from it. */
@ApplicationScoped
class QuotaCrossings {

    private static final Logger LOG = Logger.getLogger(QuotaCrossings.class);

    private final MeterRegistry meters;

    QuotaCrossings(MeterRegistry meters) {
        this.meters = meters;
    }

    /** After the change is committed: counters change once, so that each crossing is told once, by whichever replica made it. */
    void tell(Counted change) {
        QuotaState was = Quota.state(change.quota(), change.before());
        QuotaState now = Quota.state(change.quota(), change.after());
        if (was == now) {
            return;
        }
        LOG.logf(
                now.compareTo(was) < 0 ? Logger.Level.INFO : Logger.Level.WARN,
                "provider=%s type=%s quota=%s was=%s documents=%d bytes=%d maxDocuments=%s maxBytes=%s",
                change.provider(),
                change.type(),
                now.word(),
                was.word(),
                change.after().documents(),
                change.after().bytes(),
                change.quota().maxDocuments(),
                change.quota().maxBytes());
        Counter.builder("hermes.provider.quota.crossings")
                .description("how often stores came to stand otherwise to their quota, by how they stand then")
                .tag("state", now.word())
                .register(meters)
                .increment();
    }
}
