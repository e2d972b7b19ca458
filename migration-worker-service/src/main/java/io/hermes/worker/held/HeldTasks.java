package io.hermes.worker.held;

import io.hermes.contract.event.Heartbeat;
import io.hermes.contract.task.MigrationTask;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Every task in this worker's hands. A task delivered again while it is held shares the first delivery's end; another dispatch of
 * the same item begins when the one before has ended. So an item is never transferred twice at once.
 */
@ApplicationScoped
public class HeldTasks {

    private final Map<Item, Holding> last = new ConcurrentHashMap<>();
    private final Map<HeldTask, Boolean> held = new ConcurrentHashMap<>();
    private final Pace pace = new Pace();

    /**
     * Runs the work of a task, or joins the same task's work that is under way.
     *
     * @param work begins when the item is free; called at most once for each idempotent key that is held
     */
    public Uni<Void> hold(MigrationTask task, Function<HeldTask, Uni<Void>> work) {
        return last.compute(Item.of(task), (item, before) -> {
                    if (before != null && before.idempotentKey().equals(task.idempotentKey())) {
                        return before;
                    }
                    return begin(item, task, before, work);
                })
                .end();
    }

    /** What a heartbeat tells. */
    public List<Heartbeat.Held> view() {
        return held.keySet().stream().map(HeldTask::view).toList();
    }

    /** How quick this worker was since this was asked last. */
    public Heartbeat.Throughput throughput() {
        return pace.measure();
    }

    private Holding begin(Item item, MigrationTask task, Holding before, Function<HeldTask, Uni<Void>> work) {
        HeldTask mine = new HeldTask(task, pace);
        held.put(mine, Boolean.TRUE);
        Uni<Void> turn = before == null
                ? Uni.createFrom().voidItem()
                : before.end().onFailure().recoverWithNull();
        Uni<Void> end = turn.chain(() -> work.apply(mine))
                .onTermination()
                .invoke(() -> release(item, mine))
                .memoize()
                .indefinitely();
        return new Holding(task.idempotentKey(), mine, end);
    }

    private void release(Item item, HeldTask mine) {
        held.remove(mine);
        pace.ended();
        last.computeIfPresent(item, (same, newest) -> newest.task() == mine ? null : newest);
    }

    private record Item(UUID jobUuid, long itemId) {

        static Item of(MigrationTask task) {
            return new Item(task.ref().jobUuid(), task.ref().itemId());
        }
    }

    private record Holding(String idempotentKey, HeldTask task, Uni<Void> end) {}
}
