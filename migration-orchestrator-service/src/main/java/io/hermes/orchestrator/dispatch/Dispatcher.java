package io.hermes.orchestrator.dispatch;

import io.hermes.orchestrator.outbox.Relay;
import io.hermes.orchestrator.state.Transactions;
import io.hermes.orchestrator.state.Wakeup;
import io.hermes.orchestrator.state.WorkReady;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the windows of running jobs full: whenever one may have room, it is signalled. */
@ApplicationScoped
public class Dispatcher {

    private final Transactions transactions;
    private final Dispatching dispatching;
    private final Relay relay;
    private final Set<Long> signalled = ConcurrentHashMap.newKeySet();
    private final Wakeup wakeup;

    Dispatcher(Transactions transactions, Dispatching dispatching, Relay relay, Vertx vertx) {
        this.transactions = transactions;
        this.dispatching = dispatching;
        this.relay = relay;
        this.wakeup = new Wakeup(vertx, "dispatch", this::pass);
    }

    /** These jobs may have something to dispatch, and room for it. */
    public void signal(Collection<Long> jobIds) {
        if (!jobIds.isEmpty()) {
            signalled.addAll(jobIds);
            wakeup.signal();
        }
    }

    void workReady(@Observes WorkReady event) {
        signal(event.jobIds());
    }

    private Uni<Void> pass() {
        List<Long> jobs = List.copyOf(signalled);
        jobs.forEach(signalled::remove);
        return Multi.createFrom()
                .iterable(jobs)
                .onItem()
                .transformToUniAndConcatenate(this::fill)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Dispatches until the job's window is full or nothing is ready; wakes the relay after every commit. */
    Uni<Void> fill(long jobId) {
        return transactions
                .run(tx -> dispatching.batch(tx, jobId))
                .invoke(count -> {
                    if (count > 0) {
                        relay.signal();
                    }
                })
                .chain(count -> count == Dispatching.BATCH
                        ? fill(jobId)
                        : Uni.createFrom().voidItem());
    }
}
