package io.hermes.worker.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.contract.event.Heartbeat;
import io.hermes.contract.event.MigrationEvent;
import io.hermes.contract.event.Released;
import io.hermes.contract.event.Started;
import io.hermes.contract.task.TaskRef;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PendingEventsTest {

    private final PendingEvents pending = new PendingEvents();

    @Test
    void aStartWaitsUntilItIsDue() {
        pending.start(started(1));
        assertThat(taken()).isEmpty();

        pending.startsAreDue();

        assertThat(taken()).containsExactly(started(1));
        assertThat(taken()).isEmpty();
    }

    @Test
    void aStartThatTheOutcomeOvertakesIsNeverSent() {
        pending.start(started(1));
        pending.start(started(2));
        pending.add(outcome(1), emitter());
        pending.startsAreDue();

        assertThat(taken()).containsExactly(started(2), outcome(1));
    }

    @Test
    void ofSeveralHeartbeatsTheNewestIsSent() {
        pending.add(heartbeat(1), emitter());
        pending.add(heartbeat(2), emitter());

        assertThat(taken()).containsExactly(heartbeat(2));
    }

    @Test
    void aRecordHoldsNoMoreThanItMay() {
        for (int item = 0; item < PendingEvents.MOST + 1; item++) {
            pending.add(outcome(item), emitter());
        }

        assertThat(taken()).hasSize(PendingEvents.MOST);
        assertThat(pending.hasWork()).isTrue();
        assertThat(taken()).hasSize(1);
        assertThat(pending.hasWork()).isFalse();
    }

    private List<MigrationEvent> taken() {
        return pending.take().stream().map(PendingEvents.Entry::event).toList();
    }

    private static UniEmitter<? super Void> emitter() {
        AtomicReference<UniEmitter<? super Void>> made = new AtomicReference<>();
        Uni.createFrom().<Void>emitter(made::set).subscribe().with(item -> {}, failure -> {});
        return made.get();
    }

    private static Started started(long item) {
        return new Started(ref(item), null);
    }

    private static Released outcome(long item) {
        return new Released(ref(item), 1, 1);
    }

    private static Heartbeat heartbeat(int waiting) {
        return new Heartbeat(4, 0, waiting, false, List.of(), null, null);
    }

    private static TaskRef ref(long item) {
        return new TaskRef(new UUID(1, 1), 1, item, 1);
    }
}
