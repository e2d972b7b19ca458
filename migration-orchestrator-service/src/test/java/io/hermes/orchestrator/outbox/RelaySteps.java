package io.hermes.orchestrator.outbox;

import io.hermes.orchestrator.outbox.TaskChannel.Fate;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** The relay, batch by batch, for tests that say themselves when something happens. */
@ApplicationScoped
public class RelaySteps {

    private final RelayBatch batch;
    private final UnsendableTasks unsendable;
    private final TaskChannel channel;

    RelaySteps(RelayBatch batch, UnsendableTasks unsendable, TaskChannel channel) {
        this.batch = batch;
        this.unsendable = unsendable;
        this.channel = channel;
    }

    /** Sends one batch, of which the broker leaves some unanswered and refuses some: a bit each, in the order of the rows. */
    public Uni<Void> send(int unanswered, int refused) {
        ((ScriptedTaskChannel) channel).script(unanswered, refused);
        return batch.send()
                .onItem()
                .transformToMulti(fates -> Multi.createFrom().iterable(fates))
                .select()
                .where(Fate.Hopeless.class::isInstance)
                .onItem()
                .transformToUniAndConcatenate(fate -> unsendable.fail(fate.row(), "too large"))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
