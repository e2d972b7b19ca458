package io.hermes.worker.task;

import io.hermes.worker.WorkerConfig;
import io.hermes.worker.report.SlotUse;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Where tasks wait for a slot, holding neither slot nor bytes. Work that is let in begins on a worker thread of its own. */
@ApplicationScoped
class WaitingRoom implements SlotUse {

    private final int slots;
    private final Admission<Visitor> admission;
    private final Executor executor = Infrastructure.getDefaultWorkerPool();
    private boolean closed;

    WaitingRoom(WorkerConfig config) {
        this.slots = config.slots();
        this.admission = new Admission<>(slots);
    }

    /** Runs the work in a slot, now or when it is its turn; never, once the room is closed. */
    <T> Uni<T> inSlot(Claim claim, Supplier<Uni<T>> work) {
        return enter(claim)
                .chain(() ->
                        Uni.createFrom().deferred(work::get).onTermination().invoke(() -> leave(claim)));
    }

    /** Nobody is let in any more. Who is inside may finish. */
    synchronized void close() {
        closed = true;
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public synchronized int inFlight() {
        return admission.inFlight();
    }

    @Override
    public synchronized int waiting() {
        return admission.waiting();
    }

    private Uni<Void> enter(Claim claim) {
        return Uni.createFrom().emitter(emitter -> {
            arrive(claim, new Visitor(emitter));
            letIn();
        });
    }

    private synchronized void arrive(Claim claim, Visitor visitor) {
        admission.arrive(visitor, claim);
    }

    private void leave(Claim claim) {
        synchronized (this) {
            admission.leave(claim);
        }
        letIn();
    }

    private void letIn() {
        for (Visitor visitor : admitted()) {
            executor.execute(() -> visitor.emitter.complete(null));
        }
    }

    private synchronized List<Visitor> admitted() {
        List<Visitor> admitted = new ArrayList<>();
        if (!closed) {
            Optional<Visitor> next = admission.next();
            while (next.isPresent()) {
                admitted.add(next.get());
                next = admission.next();
            }
        }
        return admitted;
    }

    /** Compared by identity: two tasks may ask for the same. */
    private static final class Visitor {
        private final UniEmitter<? super Void> emitter;

        private Visitor(UniEmitter<? super Void> emitter) {
            this.emitter = emitter;
        }
    }
}
