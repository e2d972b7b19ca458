package io.hermes.orchestrator.outbox;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.reactive.messaging.Channel;

/** A broker that takes, refuses, or leaves unanswered what the test says. */
@Alternative
@Singleton
public class ScriptedTaskChannel extends TaskChannel {

    private final AtomicInteger row = new AtomicInteger();
    private volatile int unknown;
    private volatile int hopeless;

    ScriptedTaskChannel(@Channel("tasks-out") MutinyEmitter<byte[]> emitter, KafkaClientService producers) {
        super(emitter, producers);
    }

    /** What becomes of the rows of the next batch, a bit each, in their order. */
    void script(int unanswered, int refused) {
        row.set(0);
        unknown = unanswered;
        hopeless = refused;
    }

    @Override
    Uni<List<Fate>> sendAll(List<OutboxRow> rows) {
        return Uni.createFrom().item(rows.stream().map(this::fate).toList());
    }

    private Fate fate(OutboxRow task) {
        int bit = 1 << row.getAndIncrement();
        if ((hopeless & bit) != 0) {
            return new Fate.Hopeless(task, "too large");
        }
        return (unknown & bit) == 0
                ? new Fate.Sent(task)
                : new Fate.Unknown(task, new IllegalStateException("no acknowledgement"));
    }
}
