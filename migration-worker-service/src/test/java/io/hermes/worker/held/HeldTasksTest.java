package io.hermes.worker.held;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.contract.job.ConflictPolicy;
import io.hermes.contract.job.Verify;
import io.hermes.contract.task.CopyTask;
import io.hermes.contract.task.SourceDocument;
import io.hermes.contract.task.TaskRef;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HeldTasksTest {

    private final HeldTasks held = new HeldTasks();
    private final List<Integer> begun = new ArrayList<>();
    private final List<UniEmitter<? super Void>> running = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();

    @Test
    void aRepeatedDeliverySharesTheFirstOnesEnd() {
        deliver(1, "first");
        deliver(1, "again");

        assertThat(begun).containsExactly(1);
        running.get(0).complete(null);
        assertThat(ended).containsExactlyInAnyOrder("first", "again");
        assertThat(held.view()).isEmpty();
    }

    @Test
    void anotherDispatchOfTheItemWaitsForTheOneBefore() {
        deliver(1, "first");
        deliver(2, "second");

        assertThat(begun).containsExactly(1);
        assertThat(held.view()).hasSize(2);
        running.get(0).complete(null);
        assertThat(begun).containsExactly(1, 2);
        running.get(1).complete(null);
        assertThat(held.view()).isEmpty();
    }

    @Test
    void aFailedDispatchDoesNotStopTheNext() {
        deliver(1, "first");
        deliver(2, "second");

        running.get(0).fail(new IllegalStateException("broken"));

        assertThat(begun).containsExactly(1, 2);
    }

    @Test
    void aDeliveryAfterTheEndBeginsAnew() {
        deliver(1, "first");
        running.get(0).complete(null);

        deliver(1, "later");

        assertThat(begun).containsExactly(1, 1);
    }

    @Test
    void readingAgainIsNoStepBack() {
        HeldTask mine = new HeldTask(task(1));

        mine.read(60, 60);
        mine.read(40, 100);
        mine.read(30, 30);

        assertThat(mine.view().bytes()).isEqualTo(100);
    }

    private void deliver(int epoch, String name) {
        held.hold(task(epoch), mine -> work(epoch)).subscribe().with(end -> ended.add(name), failure -> {});
    }

    private Uni<Void> work(int epoch) {
        begun.add(epoch);
        return Uni.createFrom().emitter(running::add);
    }

    private static CopyTask task(int epoch) {
        TaskRef ref = new TaskRef(new UUID(1, 1), 1, 7, epoch);
        return new CopyTask(
                1,
                ref,
                ref.idempotentKey(CopyTask.KIND),
                new SourceDocument(new UUID(2, 1), "a", null, null),
                new UUID(2, 2),
                null,
                ConflictPolicy.SKIP_IDENTICAL,
                Verify.STORE_CHECKED,
                false,
                8,
                null,
                null);
    }
}
