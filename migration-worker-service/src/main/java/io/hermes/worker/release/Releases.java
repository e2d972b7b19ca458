package io.hermes.worker.release;

import io.hermes.contract.event.ErrorCode;
import io.hermes.contract.event.Failed;
import io.hermes.contract.event.TaskEvent;
import io.hermes.contract.task.ReleaseTask;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Deletes nothing yet: a release is refused in the open, and the source stays. */
@ApplicationScoped
public class Releases {

    /** Ends with what became of the source. */
    public Uni<TaskEvent> run(ReleaseTask task) {
        return Uni.createFrom()
                .item(() -> new Failed(
                        task.ref(),
                        ErrorCode.CAPABILITY_UNSUPPORTED,
                        "This worker does not delete sources yet; the copy stays and so does the source.",
                        false,
                        null,
                        0));
    }
}
