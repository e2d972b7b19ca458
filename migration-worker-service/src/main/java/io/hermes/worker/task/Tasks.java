package io.hermes.worker.task;

import io.hermes.contract.event.ErrorCode;
import io.hermes.contract.event.Failed;
import io.hermes.contract.event.TaskEvent;
import io.hermes.contract.task.CompareTask;
import io.hermes.contract.task.CopyTask;
import io.hermes.contract.task.MigrationTask;
import io.hermes.contract.task.ReleaseTask;
import io.hermes.worker.copy.Comparisons;
import io.hermes.worker.copy.Copies;
import io.hermes.worker.held.HeldTask;
import io.hermes.worker.held.HeldTasks;
import io.hermes.worker.release.Releases;
import io.hermes.worker.report.Reports;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Brings a task to its one end: an outcome that the broker has acknowledged. */
@ApplicationScoped
class Tasks {

    private static final Logger LOG = Logger.getLogger(Tasks.class);

    private final HeldTasks held;
    private final WaitingRoom room;
    private final Copies copies;
    private final Comparisons comparisons;
    private final Releases releases;
    private final Reports reports;
    private final Unfinished unfinished = new Unfinished();

    Tasks(
            HeldTasks held,
            WaitingRoom room,
            Copies copies,
            Comparisons comparisons,
            Releases releases,
            Reports reports) {
        this.held = held;
        this.room = room;
        this.copies = copies;
        this.comparisons = comparisons;
        this.releases = releases;
        this.reports = reports;
    }

    /**
     * Completes when the outcome is acknowledged, and not before: then the task's own record may be.
     *
     * @param outOfHand called before that, when the task has left its slot; not for one that joins its earlier delivery
     */
    Uni<Void> run(MigrationTask task, Runnable outOfHand) {
        return held.hold(
                task,
                mine -> room.inSlot(Claim.of(task), () -> execute(mine))
                        .onTermination()
                        .invoke(outOfHand)
                        .chain(reports::tell)
                        .onTermination()
                        .invoke(unfinished::end));
    }

    Unfinished unfinished() {
        return unfinished;
    }

    private Uni<TaskEvent> execute(HeldTask mine) {
        unfinished.begin();
        reports.started(mine.ref());
        return outcome(mine).onFailure().recoverWithItem(defect -> internal(mine, defect));
    }

    private Uni<TaskEvent> outcome(HeldTask mine) {
        return switch (mine.task()) {
            case CopyTask copy -> copies.run(copy, mine);
            case CompareTask compare -> comparisons.run(compare, mine);
            case ReleaseTask release -> releases.run(release);
        };
    }

    private static TaskEvent internal(HeldTask mine, Throwable defect) {
        LOG.errorf(
                defect,
                "a task ended by a defect of ours jobId=%s itemId=%d",
                mine.ref().jobUuid(),
                mine.ref().itemId());
        return new Failed(mine.ref(), ErrorCode.INTERNAL, ErrorCode.INTERNAL.hint(), true, null, 0);
    }
}
