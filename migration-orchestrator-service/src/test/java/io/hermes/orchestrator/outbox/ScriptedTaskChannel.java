package io.hermes.orchestrator.outbox;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** A broker that takes, refuses, or leaves unanswered what the test says. */
@Alternative
@Singleton
public class ScriptedTaskChannel extends TaskChannel {

    private final AtomicInteger row = new AtomicInteger();
    private volatile int unknown;
    private volatile int hopeless;

    ScriptedTaskChannel(
            @Channel("tasks-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<byte[]> emitter) {
        super(emitter);
    }

    /** What becomes of the rows of the next batch, a bit each, in their order. */
    void script(int unanswered, int refused) {
        row.set(0);
        unknown = unanswered;
        hopeless = refused;
    }

    @Override
    Uni<Fate> send(OutboxRow task) {
        int bit = 1 << row.getAndIncrement();
        if ((hopeless & bit) != 0) {
            return Uni.createFrom().item(new Fate.Hopeless(task, "too large"));
        }
        return Uni.createFrom()
                .item(
                        (unknown & bit) == 0
                                ? new Fate.Sent(task)
                                : new Fate.Unknown(task, new IllegalStateException("no acknowledgement")));
    }
}
